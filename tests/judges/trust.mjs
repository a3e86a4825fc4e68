// Tries whether the local page can be trusted: pages in order, nothing lost, undo, input methods, entrance, outputs.
// Usage: node trust.mjs JOB.json, where JOB is { program, fonts, folder, home, file, pictures? }.
// Prints one JSON object; README.md beside this file describes its fields.

import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { compose, figure, run, saved, settled, state, trouble } from "./driver.mjs";

const NEW = "applications.new.natural";

await run(async (drive, seen, job) => {
  const path = `${job.folder}/${job.file}`;
  const original = readFileSync(path);
  let server = await drive.serve();
  const page = await drive.page(server);
  await drive.open(page, server, job.file);
  await drive.look(page, seen, "editor");
  const only = process.env.ONLY;
  const steps = { previewOrder, follows, files, conflict, undo, composing, restart, outdated, printing };
  for (const [name, does] of Object.entries(steps)) {
    if (only && !only.split(",").includes(name)) continue;
    writeFileSync(path, original);
    await page.goto("about:blank");
    await drive.open(page, server, job.file);
    seen[name] = await does();
  }

  /** Loads the pages in a random order of arrival, many times. */
  async function previewOrder() {
    await page.route("**/api/page?*", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
      await route.continue();
    });
    let wrong = 0;
    for (let round = 0; round < 8; round += 1) {
      await page.goto("about:blank");
      await drive.open(page, server, job.file);
      await settled(page);
      const told = await page.evaluate(async (file) => (await fetch(`/api/pages?file=${encodeURIComponent(file)}`)).json(), job.file);
      const shown = await page.locator(".pages img").evaluateAll((images) => images.map((image) => new URL(image.src).searchParams.get("hash")));
      if (JSON.stringify(shown) !== JSON.stringify(told.pages.map((one) => one.hash))) wrong += 1;
    }
    await page.unroute("**/api/page?*");
    const told = await page.evaluate(async (file) => (await fetch(`/api/pages?file=${encodeURIComponent(file)}`)).json(), job.file);
    // A picture that the server does not have any more is asked for again.
    let refused = 0;
    const hashes = await page.getAttribute(".pages", "data-hashes");
    await page.route("**/api/page?*", (route) => { refused += 1; return refused <= 2 ? route.fulfill({ status: 410 }) : route.continue(); });
    await page.locator(figure(NEW)).focus();
    await page.keyboard.type("4321");
    await page.keyboard.press("Enter");
    await saved(page);
    await page.waitForFunction((hashes) => document.querySelector(".pages").dataset.hashes !== hashes, hashes);
    const broken = await page.locator(".pages img").evaluateAll((images) => images.filter((image) => !image.complete || image.naturalWidth === 0).length);
    await page.unroute("**/api/page?*");
    return { wrong, pages: told.pages.length, sheets: told.pages.filter((one) => one.sheet).length, shown: await page.locator(".pages img").count(), refused, broken };
  }

  /** The marker and the scrolling follow what is edited; a click leads back; zoom. */
  async function follows() {
    const out = {};
    const number = async () => Number((await page.locator(".pages .number").innerText()).split("/")[0]);
    await page.locator("#text-problems").click();
    await page.keyboard.press("Control+End");
    await page.waitForTimeout(300);
    out.atProblems = await page.locator(".here:not([hidden])").getAttribute("data-at");
    out.inSight = await page.locator(".here:not([hidden])").evaluate((mark) => {
      const [own, view] = [mark.getBoundingClientRect(), document.querySelector(".sheets-view").getBoundingClientRect()];
      return own.top >= view.top && own.bottom <= view.bottom;
    });
    await page.locator(figure("appeals.review.total")).click();
    await page.waitForTimeout(300);
    out.atRow = (await page.locator(".here:not([hidden])").getAttribute("data-at"));
    const fields = await page.evaluate(async (file) => (await (await fetch(`/api/pages?file=${encodeURIComponent(file)}`)).json()).fields, job.file);
    // Every paragraph is clicked in its second line, every tenth cell near its words.
    const wrong = [];
    for (const [i, one] of fields.entries()) {
      const paragraph = /\[\d+\]$/.test(one.path);
      const next = fields[i + 1];
      if (!paragraph && i % 10 !== 0) continue;
      const long = paragraph && next && next.page === one.page && next.y - one.y > 40;
      await page.locator(".pages img").nth(one.page - 1).evaluate((image, [one, long]) => {
        const scale = image.clientWidth / 595.2756;
        const box = image.getBoundingClientRect();
        image.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: box.left + (one.x + (long ? 120 : 3)) * scale, clientY: box.top + (one.y + (long ? 28 : 2)) * scale }));
      }, [one, long]);
      await page.waitForTimeout(30);
      const at = await page.evaluate(() => {
        const active = document.activeElement;
        if (active.dataset.path) return active.dataset.path;
        const here = document.querySelector(".here:not([hidden])");
        return here && here.dataset.at;
      });
      if (at !== one.path) wrong.push([one.path, at]);
    }
    out.wrong = wrong;
    out.clicked = fields.length;
    const width = () => page.locator(".pages img").first().evaluate((image) => image.clientWidth);
    const fit = await width();
    await page.getByRole("button", { name: "100%" }).click();
    out.full = Math.round(await width());
    await page.getByRole("button", { name: "150%" }).click();
    out.large = Math.round(await width());
    await page.getByRole("button", { name: "适宽" }).click();
    out.fits = (await width()) === fit;
    await page.evaluate(() => document.querySelector(".sheets-view").scrollTo(0, 1e6));
    await page.waitForTimeout(100);
    out.last = await number();
    return out;
  }

  async function files() {
    const out = {};
    const type = async (value) => {
      await page.locator(figure(NEW)).focus();
      await page.keyboard.type(value);
      await page.keyboard.press("Enter");
    };
    const inFile = (file, value) => existsSync(`${job.folder}/${file}`) && new RegExp(`\\b${value}\\b`).test(readFileSync(`${job.folder}/${file}`, "utf8"));
    // Marked as read-only: said without typing; saved when the mark is gone.
    chmodSync(path, 0o444);
    out.readOnly = await trouble(page, "只读");
    await type("771");
    await state(page, "failed");
    await page.waitForTimeout(1500);
    out.neverSaved = !(await page.locator(".saved").innerText()).includes("已保存") && !inFile(job.file, 771);
    await drive.look(page, seen, "read-only");
    chmodSync(path, 0o644);
    await saved(page);
    out.savedLater = inFile(job.file, 771);
    // Renamed: goes on under the new name.
    renameSync(path, `${job.folder}/renamed.toml`);
    out.renamed = await trouble(page, "renamed");
    await type("772");
    await page.getByRole("button", { name: /renamed/ }).click();
    await page.waitForFunction(() => location.hash.includes("renamed"));
    await page.locator(".pages img").first().waitFor();
    await saved(page);
    out.renamedSaved = inFile("renamed.toml", 772);
    // Deleted: saved under another name.
    rmSync(`${job.folder}/renamed.toml`);
    out.deleted = await trouble(page, "不在|没有");
    await type("773");
    await page.getByRole("button", { name: "另存为…" }).click();
    await page.locator("dialog input").fill("救回");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => decodeURIComponent(location.hash).includes("救回"));
    await page.locator(".pages img").first().waitFor();
    out.rescued = inFile("救回.toml", 773);
    rmSync(`${job.folder}/救回.toml`);
    // Deleted and put back: saving goes on.
    writeFileSync(path, original);
    await drive.open(page, server, job.file);
    rmSync(path);
    await trouble(page, "没有");
    await type("774");
    await state(page, "failed");
    writeFileSync(path, original);
    await saved(page);
    out.putBack = inFile(job.file, 774);
    // Published by somebody else while something is typed: kept, saved under another name.
    writeFileSync(path, original);
    await drive.open(page, server, job.file);
    await page.route("**/api/version*", () => {});
    const published = `published = { date = 2026-01-26, digest = "sha256:${"0".repeat(64)}" }\n`;
    writeFileSync(path, original.toString("utf8").replace(/^(year = .*\n)/m, `$1${published}`));
    await type("775");
    out.published = await trouble(page, "公布");
    await page.unroute("**/api/version*");
    out.kept = await page.locator(figure(NEW)).innerText();
    await page.getByRole("button", { name: "另存为…" }).click();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => decodeURIComponent(location.hash).includes("另存"));
    await page.locator(".pages img").first().waitFor();
    const copy = decodeURIComponent(new URL(page.url()).hash.slice(1));
    out.savedBeside = inFile(copy, 775);
    rmSync(`${job.folder}/${copy}`);
    return out;
  }

  async function conflict() {
    const out = {};
    const other = await drive.page(server);
    await drive.open(other, server, job.file);
    const type = async (where, path, value) => {
      await where.locator(figure(path)).focus();
      await where.keyboard.type(value);
      await where.keyboard.press("Enter");
    };
    // Different fields: both changes stay without a question.
    await page.route("**/api/version*", () => {});
    await type(other, "applications.new.business", "31");
    await saved(other);
    await type(page, NEW, "32");
    await saved(page);
    out.merged = [await page.locator(figure("applications.new.business")).innerText(), await page.locator(figure(NEW)).innerText()];
    // The same field: asked; closing the question keeps both.
    await other.waitForFunction(([selector]) => document.querySelector(selector).textContent.startsWith("32"), [figure(NEW)]);
    await type(other, NEW, "33");
    await saved(other);
    await type(page, NEW, "34");
    // Nothing takes the keys of somebody who goes on typing: the question is a bar until it is opened.
    await trouble(page, "别处也改过");
    out.dialogs = await page.locator("dialog[open]").count();
    await page.getByRole("button", { name: "比较并选择…" }).click();
    await page.locator("dialog[open] fieldset").waitFor();
    out.asked = await page.locator("dialog[open] fieldset").innerText();
    await drive.look(page, seen, "conflict");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(500);
    out.cancelled = [await page.locator(figure(NEW)).innerText(), /\b33\b/.test(readFileSync(path, "utf8")), await page.locator(".saved").innerText()];
    // What was not saved outlives the page.
    await page.unroute("**/api/version*");
    page.once("dialog", (dialog) => dialog.accept());
    await page.goto("about:blank");
    await drive.open(page, server, job.file);
    await page.getByRole("button", { name: "比较并选择…" }).click();
    await page.locator("dialog[open] fieldset").waitFor();
    await page.keyboard.press("Enter");
    await saved(page);
    out.chosen = [await page.locator(figure(NEW)).innerText(), /\b34\b/.test(readFileSync(path, "utf8"))];
    await other.close();
    return out;
  }

  async function undo() {
    const out = {};
    const area = page.locator("#text-overview");
    const before = await area.inputValue();
    const look = () => area.evaluate((one) => ({ value: one.value, at: [one.selectionStart, one.selectionEnd], focused: document.activeElement === one }));
    await area.click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("End");
    const start = (await look()).at[0];
    await page.keyboard.type("甲乙丙，", { delay: 20 });
    await page.keyboard.type("丁戊", { delay: 20 });
    await page.waitForTimeout(1200);
    await page.keyboard.type("己庚", { delay: 20 });
    await saved(page);
    const states = [];
    for (let i = 0; i < 3; i += 1) {
      await page.keyboard.press("Control+z");
      const now = await look();
      states.push([now.value.slice(start, start + 10).split("\n")[0], now.at[0] - start, now.at[1] - now.at[0], now.focused]);
    }
    out.words = states;
    out.back = (await look()).value === before;
    await page.keyboard.press("Control+y");
    out.again = (await look()).value.slice(start, start + 4);
    await page.keyboard.press("Control+z");
    await saved(page);
    // Over cells and texts.
    await page.locator(figure(NEW)).focus();
    const value = await page.locator(figure(NEW)).innerText();
    await page.keyboard.type("123");
    await page.keyboard.press("Enter");
    await page.locator("#text-problems").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("完", { delay: 10 });
    await saved(page);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    out.cell = [await page.locator(figure(NEW)).innerText(), value, await page.evaluate(() => document.activeElement.dataset.path)];
    await saved(page);
    // A restored version.
    await page.locator(figure(NEW)).focus();
    await page.keyboard.type("456");
    await page.keyboard.press("Enter");
    await saved(page);
    await page.getByRole("button", { name: "历史" }).click();
    await page.locator("dialog input[name=save]").first().waitFor();
    await page.locator("dialog dl.changes, dialog .difference p").first().waitFor();
    await drive.look(page, seen, "saves");
    await page.locator("dialog input[name=save]").last().click();
    await page.getByRole("button", { name: "恢复成这样" }).click();
    await page.waitForFunction(([selector]) => !document.querySelector(selector).textContent.startsWith("456"), [figure(NEW)]);
    out.restored = await page.locator(figure(NEW)).innerText();
    await page.locator(figure(NEW)).focus();
    await page.keyboard.press("Control+z");
    await page.waitForFunction(([selector]) => document.querySelector(selector).textContent.startsWith("456"), [figure(NEW)]);
    out.unrestored = /\b456\b/.test(readFileSync(path, "utf8"));
    return out;
  }

  async function composing() {
    const out = {};
    const area = page.locator("#text-overview");
    await area.click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("End");
    const start = await area.evaluate((one) => one.selectionStart);
    const tops = [];
    let leaked = 0;
    let other = 40;
    await compose(page, ["n", "ni", "nih", "niha", "nihao"], "你好", async () => {
      // Somebody else changes the file, findings and pages arrive.
      const text = readFileSync(path, "utf8");
      if (/nih?a?o?\b/.test(text.slice(text.indexOf("overview")))) leaked += 1;
      writeFileSync(path, text.replace(/^(date = .*)$/m, "$1 ").replace(/research = \d+|(new = \[\d+, )\d+/, `$1${other}`));
      other += 1;
      await page.waitForTimeout(700);
      tops.push(await area.evaluate((one) => [one.getBoundingClientRect().top, one.value.length, document.activeElement === one]));
    });
    await saved(page);
    out.text = (await area.inputValue()).slice(start, start + 2);
    out.whole = (await area.inputValue()).slice(start + 2, start + 3);
    out.leaked = leaked;
    out.moved = new Set(tops.map(([top]) => Math.round(top))).size;
    out.focused = tops.every(([, , focused]) => focused);
    out.inFile = readFileSync(path, "utf8").includes("你好");
    await page.keyboard.press("Control+z");
    await saved(page);
    out.undone = !(await area.inputValue()).includes("你好");
    // In a field of the head.
    const name = page.locator("#head-agency\\.address");
    await name.click();
    await page.keyboard.press("End");
    await compose(page, ["l", "lu"], "路", async () => { await page.waitForTimeout(500); });
    await page.keyboard.press("Tab");
    await saved(page);
    out.address = (await name.inputValue()).endsWith("路") && !(await name.inputValue()).includes("lu");
    return out;
  }

  async function restart() {
    const out = {};
    await drive.kill(server);
    await page.locator(figure(NEW)).focus();
    await page.keyboard.type("881");
    await page.keyboard.press("Enter");
    await state(page, "failed");
    out.said = await trouble(page, "没有应答");
    const address = server.address;
    server = await drive.serve();
    out.same = server.address === address;
    await saved(page);
    out.saved = /\b881\b/.test(readFileSync(path, "utf8"));
    // A second start opens the running server.
    const second = await drive.serve().catch((error) => ({ address: String(error) }));
    out.second = second.address === address;
    const fresh = await drive.browser.newContext();
    const stranger = await fresh.newPage();
    await stranger.goto(address);
    out.entrance = await stranger.locator("h1").innerText();
    if (job.pictures) await stranger.screenshot({ path: `${job.pictures}/entrance.png` });
    out.refused = await stranger.evaluate(async () => (await fetch("/api/reports")).status);
    await stranger.locator("#code").fill("wrong-code-12");
    await stranger.keyboard.press("Enter");
    await stranger.locator("#told:not(:empty)").waitFor();
    // As the browser is opened: a private file posts the code.
    const file = `${job.home}/open.html`;
    writeFileSync(file, `<!doctype html><form method="post" action="${address}enter"><input name="code" value="${second.code}"></form><script>document.forms[0].submit()</script>`);
    await stranger.goto(`file://${file}`);
    await stranger.waitForURL(address);
    await stranger.locator("table.list").waitFor();
    out.entered = true;
    await stranger.goto(`file://${file}`);
    await stranger.locator("#code").waitFor();
    out.once = true;
    const cookies = await fresh.cookies();
    out.cookie = cookies.map((one) => [one.name.replace(/\d+/, "PORT"), one.httpOnly, one.sameSite]);
    await fresh.close();
    return out;
  }

  async function outdated() {
    const out = {};
    await page.getByRole("button", { name: "生成", exact: true }).click();
    await page.locator(".files a", { hasText: "下载" }).first().waitFor();
    out.made = await page.locator(".files li").count();
    await drive.look(page, seen, "outputs");
    const url = await page.locator(".files a", { hasText: "下载" }).first().getAttribute("href");
    out.served = await page.evaluate(async (url) => (await fetch(url)).status, url);
    await page.locator("#head-agency\\.phone").fill("010-12345678");
    await page.keyboard.press("Tab");
    await saved(page);
    await page.locator(".outputs h2", { hasText: "已过时" }).waitFor();
    out.marked = await page.locator(".files .tag").count();
    out.refused = await page.evaluate(async (url) => (await fetch(url)).status, url);
    await drive.look(page, seen, "outdated");
    await page.getByRole("button", { name: "重新生成" }).click();
    await page.locator(".files a", { hasText: "下载" }).first().waitFor();
    out.again = await page.locator(".files .tag").count();
    return out;
  }

  async function printing() {
    await settled(page);
    const pages = await page.locator(".pages img").count();
    const pdf = await page.pdf({ preferCSSPageSize: true });
    return { pages, printed: pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length };
  }
});
