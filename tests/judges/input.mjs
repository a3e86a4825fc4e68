// Tries whether the local page forgives: dates, pasted blocks, cells, texts, findings that stand.
// Usage: node input.mjs JOB.json, where JOB is { program, fonts, folder, home, file, pictures? }.
// Prints one JSON object; README.md beside this file describes its fields.

import { readFileSync, writeFileSync } from "node:fs";
import { compose, figure, paste, run, saved } from "./driver.mjs";

const row = (key, column) => `applications.${key}.${column}`;

// The shape of the clipboard follows a copy of Excel’s (https://qiita.com/kob58im/items/f5d6b8d93467ef97e9c6) and Microsoft’s Office HTML
// reference (kept at https://stigmortenmyre.no/mso/); that of WPS has the same parts under other names.

/** A part of table 3 with its labels, as Excel puts it into the clipboard (cells merged, figures with separators). */
const EXCEL = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Excel 15"><style><!-- .xl65 {text-align:center;} --></style></head>
<body><table border=0 cellpadding=0 cellspacing=0 width=600 style='border-collapse:collapse;width:450pt'>
<!--StartFragment--><col width=72 span=9 style='width:54pt'>
<tr height=19><td colspan=2 rowspan=3 height=57 class=xl65>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan=7 class=xl65>申请人情况</td></tr>
<tr height=19><td rowspan=2 class=xl65>自然人</td><td colspan=5 class=xl65>法人或其他组织</td><td rowspan=2 class=xl65>总计</td></tr>
<tr height=19><td class=xl65>商业企业</td><td class=xl65>科研机构</td><td class=xl65>社会公益组织</td><td class=xl65>法律服务机构</td><td class=xl65>其他</td></tr>
<tr height=19><td colspan=2 height=19 class=xl65>二、上年结转政府信息公开申请数量</td><td align=right>3</td><td align=right>0</td><td align=right>0</td><td align=right>0</td><td align=right>1</td><td align=right>0</td><td align=right>4</td></tr>
<tr height=19><td colspan=2 height=19 class=xl65>一、本年新收政府信息公开申请数量</td><td align=right>1,234</td><td align=right>5</td><td align=right>0</td><td align=right>0</td><td align=right>2</td><td align=right>0</td><td align=right>1,241</td></tr>
<tr height=19><td rowspan=1 class=xl65>三、本年度办理结果</td><td class=xl65>（一）予以公开</td><td align=right>９</td><td align=right>0</td><td align=right>0</td><td align=right>0</td><td align=right>0</td><td align=right>0</td><td align=right>9</td></tr>
<tr height=19><td colspan=2 height=19 class=xl65>五、没有这一行</td><td align=right>7</td></tr>
<!--EndFragment--></table></body></html>`;

/** Two rows of table 4 as Word puts them into the clipboard. */
const WORD = `<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"></head><body><!--StartFragment-->
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
<tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'><td width=300 colspan=5><p class=MsoNormal align=center><span style='font-family:宋体'>行政复议</span><span lang=EN-US><o:p></o:p></span></p></td></tr>
<tr style='mso-yfti-irow:1'><td width=60><p class=MsoNormal>结果<br>维持</p></td><td width=60><p class=MsoNormal>结果<br>纠正</p></td><td width=60><p class=MsoNormal>其他<br>结果</p></td><td width=60><p class=MsoNormal>尚未<br>审结</p></td><td width=60><p class=MsoNormal>总计</p></td></tr>
<tr style='mso-yfti-irow:2;mso-yfti-lastrow:yes'><td><p class=MsoNormal><span lang=EN-US>6<o:p></o:p></span></p></td><td><p class=MsoNormal><span lang=EN-US>1</span></p></td><td><p class=MsoNormal><span lang=EN-US>0</span></p></td><td><p class=MsoNormal><span lang=EN-US>2</span></p></td><td><p class=MsoNormal><span lang=EN-US>9</span></p></td></tr>
</table><!--EndFragment--></body></html>`;

/** Cells without labels as WPS puts them into the clipboard. */
const WPS = `<html><head><meta name="Generator" content="WPS Office ET"><style>.et2{text-align:right;}</style></head><body link="blue"><table width="216" border="0" cellpadding="0" cellspacing="0" style='width:162.00pt;border-collapse:collapse;table-layout:fixed;'><!--StartFragment--><col width="72" span="2"><tr height="18" style='height:13.50pt;'><td class="et2" height="18" x:num="11">11</td><td class="et2" x:num="12">12</td></tr><tr height="18"><td class="et2" height="18">13</td><td class="et2" x:str>—</td></tr><!--EndFragment--></table></body></html>`;

await run(async (drive, seen, job) => {
  const path = `${job.folder}/${job.file}`;
  const original = readFileSync(path);
  const server = await drive.serve();
  const page = await drive.page(server);
  const text = () => readFileSync(path, "utf8");
  const cell = (path) => page.locator(`td${figure(path)}`);
  const value = async (path) => (await cell(path).locator(".value").innerText()).trim();
  const only = process.env.ONLY;
  const steps = { dates, labels, cells, refusals, rows, texts, accepted, words };
  for (const [name, does] of Object.entries(steps)) {
    if (only && !only.split(",").includes(name)) continue;
    writeFileSync(path, original);
    await page.goto("about:blank");
    await drive.open(page, server, job.file);
    seen[name] = await does();
  }

  async function dates() {
    const input = page.locator("#head-date");
    const read = [];
    for (const words of ["2026年1月20日", "2026.1.21", "2026/1/22", "2026-1-23", "２０２６年１月２４日", "２０２６．１．２５"]) {
      await input.fill(words);
      await page.keyboard.press("Tab");
      await saved(page);
      read.push((/^date = (.*)$/m.exec(text()) || [])[1]);
    }
    await input.fill("明年一月");
    await page.keyboard.press("Tab");
    const told = page.locator("#told-date");
    await told.filter({ hasText: "不是日期" }).waitFor();
    const phone = page.locator("#head-agency\\.phone");
    await phone.fill("010-87654321");
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => document.querySelector(".saved").textContent.includes("处没有保存"));
    const out = { read, refusal: await told.innerText(), dialogs: await page.locator("dialog[open]").count(), kept: await input.inputValue(), other: text().includes("010-87654321"), state: await page.locator(".saved").innerText() };
    await drive.look(page, seen, "refusal");
    await input.focus();
    await page.keyboard.press("Escape");
    await saved(page);
    return { ...out, back: await input.inputValue() };
  }

  async function labels() {
    await paste(page, `td${figure(row("handled.granted", "natural"))}`, { "text/html": EXCEL, "text/plain": "x" });
    await page.locator("dialog[open] table").waitFor();
    const asked = await page.locator("dialog[open]").innerText();
    await drive.look(page, seen, "paste-labels");
    await page.keyboard.press("Enter");
    await saved(page);
    const excel = [await value(row("new", "natural")), await value(row("new", "legal")), await value(row("carried_in", "total")), await value(row("handled.granted", "natural"))];
    await paste(page, `td${figure("appeals.review.upheld")}`, { "text/html": WORD, "text/plain": "x" });
    await page.locator("dialog[open] table").waitFor();
    await page.keyboard.press("Enter");
    await saved(page);
    const word = await Promise.all(["upheld", "corrected", "other", "pending", "total"].map((key) => value(`appeals.review.${key}`)));
    // One step of undo takes all back.
    await page.keyboard.press("Control+z");
    await saved(page);
    return { recognised: /认出(\d+)格/.exec(asked)[1], lost: asked.includes("五、没有这一行"), excel, word, undone: await value("appeals.review.upheld") };
  }

  async function cells() {
    const out = {};
    await paste(page, `td${figure(row("new", "natural"))}`, { "text/html": WPS, "text/plain": "11\t12\r\n13\t—\r\n" });
    await saved(page);
    out.wps = [await value(row("new", "natural")), await value(row("new", "business")), await value(row("carried_in", "natural")), await value(row("carried_in", "business"))];
    // A selection upwards: the block begins at its top left corner.
    await cell(row("carried_in", "research")).click();
    await cell(row("new", "business")).click({ modifiers: ["Shift"] });
    await page.evaluate(() => navigator.clipboard.writeText("21\t22\n23\t24"));
    await page.keyboard.press("Control+v");
    await saved(page);
    out.corner = [await value(row("new", "business")), await value(row("new", "research")), await value(row("carried_in", "business")), await value(row("carried_in", "research"))];
    // One value fills the selection; Ctrl+Enter does the same with a typed one.
    await cell(row("new", "welfare")).click();
    await cell(row("carried_in", "legal")).click({ modifiers: ["Shift"] });
    await page.evaluate(() => navigator.clipboard.writeText("6"));
    await page.keyboard.press("Control+v");
    await saved(page);
    out.filled = [await value(row("new", "welfare")), await value(row("carried_in", "legal"))];
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("８");
    await page.keyboard.press("Control+Enter");
    await saved(page);
    out.typed = [await value(row("new", "welfare")), await value(row("new", "legal")), await value(row("carried_in", "welfare")), await value(row("carried_in", "legal"))];
    // The rest becomes 0.
    await page.keyboard.press("Delete");
    await saved(page);
    out.cleared = await value(row("new", "welfare"));
    await page.locator("section#s-applications").getByRole("button", { name: "其余填0" }).click();
    await saved(page);
    out.rest = [await value(row("new", "welfare")), await value(row("carried_in", "legal"))];
    // Figures that an input method gives.
    await cell(row("new", "other")).click();
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+a");
    await compose(page, ["１", "１２"], "１２");
    await page.keyboard.press("Enter");
    await saved(page);
    out.composed = await value(row("new", "other"));
    // A note by the menu, by the button and by the key.
    await cell(row("new", "natural")).click({ button: "right" });
    await page.getByRole("menuitem", { name: "加注…" }).click();
    await page.locator("dialog input").fill("其中网上5件");
    await page.keyboard.press("Enter");
    await saved(page);
    out.note = await cell(row("new", "natural")).locator(".note").innerText();
    await cell(row("new", "natural")).click({ button: "right" });
    await drive.look(page, seen, "menu");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "填 /" }).focus();
    await page.keyboard.press("Enter");
    await saved(page);
    out.menu = await value(row("new", "natural"));
    return out;
  }

  async function refusals() {
    await cell(row("new", "natural")).click();
    await page.evaluate(() => navigator.clipboard.writeText("甲\t12\t乙\n丙\t13\t14"));
    await page.keyboard.press("Control+v");
    const told = page.locator("section#s-applications .grid-told");
    await page.waitForFunction(() => document.querySelector(".saved").textContent === "有3处没有保存");
    const out = { dialogs: await page.locator("dialog[open]").count(), told: (await told.innerText()).split("\n")[0], kept: await value(row("new", "natural")), good: await value(row("new", "business")), state: await page.locator(".saved").innerText() };
    await drive.look(page, seen, "refused-cells");
    await told.getByRole("button", { name: "都改回原来的" }).click();
    await saved(page);
    return { ...out, back: await value(row("new", "natural")) };
  }

  async function rows() {
    await page.locator("section#s-disclosure").getByRole("button", { name: "加一行…" }).click();
    await page.locator("dialog select").selectOption({ index: 1 });
    await page.locator("dialog input").fill("其他主动公开文件");
    await drive.look(page, seen, "row");
    await page.keyboard.press("Enter");
    const first = page.locator("td[data-path^='disclosure.extra[1].']").first();
    await first.waitFor();
    await first.click();
    await page.keyboard.type("3");
    await page.keyboard.press("Tab");
    await saved(page);
    return { inFile: /\[\[disclosure\.extra\]\]/.test(text()), figure: /figures = .*3/.test(text()) };
  }

  async function texts() {
    const out = {};
    const area = page.locator("#text-overview");
    await area.click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("End");
    await page.locator("section#s-overview").getByRole("button", { name: "插入表中的数" }).click();
    await page.locator("dialog input").fill("新收 总计");
    await drive.look(page, seen, "insert");
    await page.keyboard.press("Enter");
    await saved(page);
    out.shown = /〔[^〕]+：\d+〕/.exec(await area.inputValue())[0];
    out.inFile = text().includes("{{applications.new");
    out.chips = await page.locator("section#s-overview .chip").count();
    await page.keyboard.press("Backspace");
    await saved(page);
    out.removed = !(await area.inputValue()).includes("〔") && !text().includes("{{applications.new");
    await page.keyboard.press("Control+z");
    await saved(page);
    out.again = (await area.inputValue()).includes("〔");
    // The figure follows the table.
    await cell(row("new", "total")).click();
    await page.keyboard.type("4444");
    await page.keyboard.press("Enter");
    await saved(page);
    await page.waitForFunction(() => document.querySelector("#text-overview").value.includes("：4444〕"));
    out.levels = await page.locator("section#s-overview .line:not([data-level=''])").count();
    out.count = await page.locator("section#s-overview .count").innerText();
    await area.click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("共收到3件,全部办结.");
    await page.locator("section#s-overview .offer").waitFor();
    out.half = await page.locator("section#s-overview .half").count();
    out.offer = await page.locator("section#s-overview .offer > span").innerText();
    await drive.look(page, seen, "texts");
    await page.getByRole("button", { name: "现在就改" }).click();
    await saved(page);
    out.corrected = (await area.inputValue()).slice(-11);
    return out;
  }

  async function accepted() {
    await page.locator("#text-overview").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("全年收到政府信息公开申请77件。");
    const finding = page.locator("section#s-overview .found li", { hasText: "77" });
    await finding.waitFor();
    const out = { remedies: await finding.locator(".remedies button").allInnerTexts() };
    await drive.look(page, seen, "finding");
    await finding.getByRole("button", { name: "这样写是对的…" }).click();
    await page.locator("dialog input").fill("口径不同");
    await page.keyboard.press("Enter");
    await page.locator("section#s-overview .found li.accepted", { hasText: "口径不同" }).waitFor();
    out.inFile = text().includes("[[accepted]]") && text().includes("口径不同");
    await page.getByRole("button", { name: "撤回认可" }).click();
    await finding.getByRole("button", { name: "这样写是对的…" }).waitFor();
    out.gone = !text().includes("口径不同");
    // An error cannot be accepted.
    await cell(row("new", "total")).click();
    await page.keyboard.type("1");
    await page.keyboard.press("Enter");
    const error = page.locator("section#s-applications .found li.error").first();
    await error.waitFor();
    out.error = await error.getByRole("button", { name: "这样写是对的…" }).count();
    const change = finding.getByRole("button", { name: /改成表里的数/ });
    if (await change.count()) {
      await change.click();
      await saved(page);
      out.changed = (await page.locator("#text-overview").inputValue()).slice(-18);
    }
    return out;
  }

  /** No word of the file format or of a command line is anywhere in the page. */
  async function words() {
    const bad = /toml|json|yaml|\[\[|`|\bgongbao\b|--[a-z]|\{\{|[a-z_]+\.[a-z_]+\.[a-z_]+/i;
    const all = async () => page.evaluate(() => {
      const texts = [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (node.nodeType === 3) texts.push(node.data);
        else for (const name of ["title", "aria-label", "placeholder", "alt"]) if (node.getAttribute(name)) texts.push(node.getAttribute(name));
      }
      return [...texts, ...[...document.querySelectorAll("textarea, input")].map((one) => one.value)];
    });
    const found = (await all()).filter((words) => bad.test(words) && !/^https?:|www\.|@/.test(words));
    return { found: [...new Set(found)].map((words) => words.slice(0, 160)) };
  }
});
