// Does a collecting office's whole year on the local page: roster and files, returned, corrected, added up, published, one
// corrected afterwards. Usage: node year.mjs JOB.json, where JOB is { program, fonts, folder, home, roster, roster2, files, bad, double,
// pictures?, downloads, county, corrections }: `files` are the reports to drop, `bad` the name of the body whose total is wrong, `double` a second
// report of a body. Prints one JSON object; README.md beside this file describes its fields.

import { cpSync, readFileSync } from "node:fs";
import { figure, run, saved, settled } from "./driver.mjs";

await run(async (drive, seen, job) => {
  const server = await drive.serve();
  const page = await drive.page(server);
  const closeDialog = async () => {
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  };
  const counts = () => page.locator(".counts li").allInnerTexts().then((all) => all.map((one) => one.replace(/\s+/g, " ").trim()));
  const row = (name) => page.locator("table.office tbody tr").filter({ has: page.locator("th", { hasText: new RegExp(`^${name}`) }) });
  const download = async (does, name) => {
    const [made] = await Promise.all([page.waitForEvent("download"), does()]);
    await made.saveAs(`${job.downloads}/${name || made.suggestedFilename()}`);
    return made.suggestedFilename();
  };
  await page.locator(".choices-three").waitFor();
  await drive.look(page, seen, "begin");

  // The roster, then all reports at once, one of them twice.
  await page.setInputFiles("input[type=file]", job.roster);
  await page.locator("dialog[open]").waitFor();
  await closeDialog();
  await page.goto("about:blank");
  await page.goto(server.address);
  await page.locator("table.office tbody tr").first().waitFor();
  seen.empty = await counts();
  const started = Date.now();
  await page.setInputFiles("input[type=file]", [...job.files, job.double]);
  await page.locator("dialog[open] .taken").waitFor({ timeout: 300000 });
  seen.import_ms = Date.now() - started;
  seen.taken = await page.locator("dialog[open] h2").innerText();
  seen.doubled = await page.locator("dialog[open] .taken li.double").allInnerTexts();
  await drive.look(page, seen, "taken");
  await closeDialog();
  await page.locator("table.office tbody tr.errors").first().waitFor();
  seen.board = await counts();
  seen.summary = await page.locator("h2.summary").innerText();
  await drive.look(page, seen, "board");
  // The doubled one goes into the bin.
  const doubled = await page.evaluate(async () => (await (await fetch("/api/board")).json()).bodies.find((one) => one.files.length > 1));
  seen.doubled_about = doubled.about;
  const second = doubled.files.find((file) => /-2\.toml$/.test(file)).replace(".toml", "");
  await row(doubled.name).getByRole("button", { name: /更多/ }).click();
  await page.getByRole("menuitem", { name: `删除“${second}”` }).click();
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("table.office tr.errors").length === 1);
  await page.getByRole("button", { name: "回收站" }).click();
  await page.locator("dialog[open] .files li").first().waitFor();
  seen.bin = await page.locator("dialog[open] .files li").count();
  await drive.look(page, seen, "bin");
  await closeDialog();

  // Search, filter, the next with errors.
  await page.getByLabel("查找单位").fill(job.bad);
  seen.found = await page.locator("table.office tbody tr").count();
  seen.state = await row(job.bad).locator(".state").innerText();
  await drive.look(page, seen, "search");
  seen.opinion = await download(() => page.getByRole("button", { name: "退回意见（Word）" }).click(), "opinion.docx");
  await row(job.bad).getByRole("button", { name: /更多/ }).click();
  await page.getByRole("menuitem", { name: "复制退回意见" }).click();
  seen.copied = await page.locator("dialog[open] textarea").inputValue();
  await drive.look(page, seen, "opinion");
  await closeDialog();
  await page.getByLabel("查找单位").fill("");
  await page.getByRole("button", { name: "下一份有问题的" }).click();
  await page.locator(".pages img").first().waitFor();
  seen.next = await page.locator("h1").innerText();

  // The wrong one is put right, as its office would.
  await page.goto(server.address);
  await page.locator("table.office tbody tr").first().waitFor();
  await row(job.bad).getByRole("link", { name: "填报" }).click();
  await page.locator(".pages img").first().waitFor();
  const total = page.locator(`td${figure("applications.new.total")}`);
  await total.click();
  await page.keyboard.press("Delete");
  await saved(page);
  await drive.look(page, seen, "put-right");
  // A draft for whoever must read it, and the archive for those who sign.
  await page.getByRole("button", { name: "草稿" }).click();
  await download(() => page.getByRole("menuitem", { name: /PDF/ }).click(), "draft.pdf");
  await page.getByRole("button", { name: "草稿" }).click();
  await download(() => page.getByRole("menuitem", { name: /Word/ }).click(), "draft.docx");
  seen.review = await download(() => page.getByRole("button", { name: "送审" }).click(), "review.zip");

  // All of them: built, added up, shown on the website, in a table.
  await page.goto(server.address);
  await page.locator("table.office tbody tr").first().waitFor();
  seen.after = await counts();
  const building = Date.now();
  await page.getByRole("button", { name: "全部生成" }).click();
  await page.locator("dialog[open] [role=status]", { hasText: "份" }).waitFor({ timeout: 600000 });
  seen.build_ms = Date.now() - building;
  seen.built = await page.locator("dialog[open] [role=status]").innerText();
  await drive.look(page, seen, "built");
  await closeDialog();
  // Without the body that must not report any more.
  await page.setInputFiles("input[type=file]", job.roster2);
  await page.locator("dialog[open]").waitFor();
  await closeDialog();
  await page.getByRole("button", { name: "刷新" }).click();
  await page.waitForFunction(() => !document.querySelector("table.office tr.missing"));
  await download(() => page.getByRole("button", { name: "报送情况表（Excel）" }).click(), "status.xlsx");
  await page.getByRole("button", { name: "汇总…" }).click();
  await page.locator("dialog[open] input").fill(job.county);
  await page.keyboard.press("Enter");
  await page.locator("dialog[open] h2", { hasText: "汇总" }).waitFor();
  await page.locator("dialog[open] details, dialog[open] ul").first().waitFor();
  seen.rollup = await page.locator("dialog[open]").innerText();
  await drive.look(page, seen, "rollup");
  await closeDialog();
  await page.getByRole("button", { name: "网站…" }).click();
  await page.locator("dialog[open]", { hasText: "份报告放在" }).waitFor();
  seen.site = await page.locator("dialog[open] p").first().innerText();
  await download(() => page.getByRole("button", { name: "下载压缩文件" }).click(), "site.zip");
  await drive.look(page, seen, "site");
  await closeDialog();

  // For the comparison with the command line.
  cpSync(job.folder, `${job.downloads}/before`, { recursive: true });

  // Published, and corrected afterwards.
  await row(job.bad).getByRole("link", { name: "填报" }).click();
  await page.locator(".pages img").first().waitFor();
  await page.getByRole("button", { name: "公布…" }).click();
  await page.locator("dialog[open] input").fill("2026年1月2日");
  await drive.look(page, seen, "publish");
  await page.keyboard.press("Enter");
  await page.locator(".locked:not([hidden])").waitFor();
  seen.locked = await page.locator(".locked").innerText();
  await page.getByRole("button", { name: "生成", exact: true }).click();
  await page.locator(".files a", { hasText: "下载" }).first().waitFor({ timeout: 120000 });
  await drive.look(page, seen, "published");
  await page.getByRole("button", { name: "更正…" }).click();
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes("更正稿"));
  await page.locator(".correction").waitFor();
  await page.locator(".pages img").first().waitFor();
  for (const [path, value] of job.corrections) {
    await page.locator(`td${figure(path)}`).click();
    if (value === null) await page.keyboard.press("Delete");
    else {
      await page.keyboard.type(value);
      await page.keyboard.press("Enter");
    }
  }
  await saved(page);
  await page.locator(".correction li").first().waitFor();
  seen.differences = await page.locator(".correction li").allInnerTexts();
  await page.locator(".correction input").first().waitFor();
  await page.locator(".correction label.withdraw input").first().check();
  await page.getByLabel("更正原因").fill("台账漏记");
  await page.getByLabel("更正日期").fill("2026.3.2");
  await drive.look(page, seen, "correcting");
  const copy = decodeURIComponent(new URL(page.url()).hash.slice(1));
  cpSync(`${job.folder}/${copy}`, `${job.downloads}/copy.toml`);
  seen.copy = copy;
  await page.getByRole("button", { name: "写入更正" }).click();
  await page.locator("dialog[open], .correction .refusal:not(:empty)").first().waitFor({ timeout: 120000 });
  seen.correction = await page.locator("dialog[open], .correction .refusal").first().innerText();
  await closeDialog().catch(() => {});
  await page.waitForFunction(() => !decodeURIComponent(location.hash).includes("更正稿"));
  await page.locator(".files li").first().waitFor();
  await settled(page);
  seen.outputs = await page.locator(".files li .kind").allInnerTexts();
  await page.getByRole("button", { name: "公布记录" }).click();
  await page.locator("dialog[open] tbody tr").first().waitFor();
  seen.record = await page.locator("dialog[open] tbody tr").allInnerTexts();
  await drive.look(page, seen, "record");
  await closeDialog();
  await page.goto(server.address);
  await page.locator("table.office tbody tr").first().waitFor();
  seen.end = await counts();
  // A published PDF dropped on the page.
  const pdf = await page.evaluate(async (bad) => {
    const board = await (await fetch("/api/board")).json();
    const file = board.bodies.find((one) => one.name === bad).files[0];
    const outputs = await (await fetch(`/api/outputs?file=${encodeURIComponent(file)}`)).json();
    return outputs.find((one) => one.kind === "网站用PDF").name.replace(/\.pdf$/, "");
  }, job.bad);
  await page.setInputFiles("input[type=file]", `${job.folder}/out/${pdf}/public/${pdf}.pdf`);
  await page.locator("dialog[open]", { hasText: "未改动" }).waitFor({ timeout: 120000 });
  seen.inspected = await page.locator("dialog[open]").innerText();
  await drive.look(page, seen, "inspected");
  await closeDialog();
  for (const [width, height] of [[683, 384], [360, 640]]) {
    await page.setViewportSize({ width, height });
    await drive.look(page, seen, `board-${width}`);
  }
  seen.roster = readFileSync(job.roster, "utf8").split("\n").length;
});
