// Fills in a report on the local page by keyboard alone, in a real browser.
// Usage: node fill_page.mjs JOB.json, where JOB is { address, code, agency, year, head, chapters, tables, wrong, pictures, download }.
// Prints one JSON object; README.md beside this file describes its fields.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.GONGBAO_JUDGES_NODE}/`);
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const saved = (page) => page.locator(".saved", { hasText: /^已保存/ }).waitFor();
const figure = (path) => `td[data-path="${path}"]`;
const seen = { axe: {}, complaints: [], foreign: [], key_to_page: [] };
const browser = await chromium.launch({
  executablePath: process.env.GONGBAO_JUDGES_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});

try {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "zh-CN", acceptDownloads: true });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: job.address });
  const page = await context.newPage();
  watch(page);
  await page.goto(job.address);
  await look(page, "entrance");
  await page.locator("#code").fill(job.code);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "填写一份报告" }).waitFor();
  await look(page, "list-empty");
  await begin(page);
  await look(page, "editor-empty");
  await head(page);
  await chapters(page);
  await tables(page);
  await saved(page);
  await wrong(page);
  await speed(page);
  await build(page);
  await look(page, "editor-done");
  await dialogs(page);
  for (const [width, height] of [[683, 384], [360, 640]]) {
    await page.setViewportSize({ width, height });
    await look(page, `editor-${width}`);
    await page.getByRole("button", { name: "看版面" }).click();
    await look(page, `pages-${width}`);
    await page.getByRole("button", { name: "回到填写" }).click();
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  await tabs(context, page);
  await page.goto(job.address);
  await page.locator("table.list").waitFor();
  await look(page, "list");
  await page.setViewportSize({ width: 360, height: 640 });
  await look(page, "list-360");
  await page.setViewportSize({ width: 1366, height: 768 });
  await bring(page);
} catch (error) {
  const [page] = browser.contexts().flatMap((context) => context.pages());
  if (job.pictures && page) await page.screenshot({ path: `${job.pictures}/error.png` });
  throw error;
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(seen));

function watch(page) {
  page.on("request", (request) => request.url().startsWith(job.address) || request.url().startsWith("data:") || seen.foreign.push(request.url()));
  // The browser logs an error for the status of a conflict.
  page.on("console", (message) => message.type() === "error" && !message.text().includes("Failed to load resource") && seen.complaints.push(message.text()));
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
}

async function look(page, name) {
  await page.waitForTimeout(200);
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  seen.axe[name] = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
  if (job.pictures) await page.screenshot({ path: `${job.pictures}/${name}.png` });
}

/// Presses Tab until the wanted element has the focus.
async function tabTo(page, selector, key = "Tab") {
  for (let i = 0; i < 900; i += 1) {
    if (await page.evaluate((selector) => document.activeElement !== null && document.activeElement.matches(selector), selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not lead to ${selector}`);
}

async function begin(page) {
  await tabTo(page, "button.main");
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor();
  await look(page, "new");
  await tabTo(page, "dialog input[autocomplete]");
  await page.keyboard.insertText(job.agency);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(String(job.year));
  await page.keyboard.press("Enter");
  await page.locator(".pages img").first().waitFor();
}

async function head(page) {
  for (const [path, value] of job.head) {
    await tabTo(page, `#head-${path.replace(/\./g, "\\.")}`);
    if (typeof value === "number") for (let i = 0; i < value; i += 1) await page.keyboard.press("ArrowDown");
    else await page.keyboard.insertText(value);
  }
  await page.keyboard.press("Tab");
}

async function chapters(page) {
  for (const [key, paragraphs] of job.chapters) {
    await tabTo(page, `#text-${key}`);
    await page.keyboard.insertText(paragraphs.join("\n"));
    await page.keyboard.press("Tab");
    // Tables are between the chapters: going back to the top once makes the order of the job irrelevant.
    await page.evaluate(() => document.getElementById("main").focus());
  }
}

async function tables(page) {
  for (const [path, lines] of job.tables) {
    await page.evaluate((words) => navigator.clipboard.writeText(words), lines);
    await tabToTable(page, path);
    await page.keyboard.press("Control+v");
    await page.keyboard.press("Escape");
  }
}

async function wrong(page) {
  const { path, value, right } = job.wrong;
  const cell = page.locator(figure(path));
  const before = await settled(page);
  await page.evaluate(() => document.getElementById("main").focus());
  await tabToTable(page, path);
  await page.keyboard.type(value);
  await page.keyboard.press("Enter");
  await page.locator(`${figure(path)}[aria-invalid=true]`).waitFor();
  seen.wrong_at_cell = await cell.getAttribute("aria-label");
  seen.wrong_in_list = await page.locator(".found li.error").count();
  await page.waitForFunction((before) => document.querySelector(".pages").dataset.hashes !== before, before);
  seen.page_changed = true;
  await look(page, "wrong");
  // The list leads to the cell.
  await page.evaluate(() => document.getElementById("main").focus());
  await tabTo(page, ".found li.error button");
  await page.keyboard.press("Enter");
  seen.list_leads_to = await page.evaluate(() => document.activeElement.dataset.path);
  await page.keyboard.type(right);
  await page.keyboard.press("Enter");
  await page.locator(`${figure(path)}[aria-invalid=false]`).waitFor();
  await page.waitForFunction((before) => document.querySelector(".pages").dataset.hashes === before, before);
  seen.gone = (await page.locator(".found li.error").count()) === 0;
  // Undo and redo.
  await page.keyboard.press("Control+z");
  await page.locator(`${figure(path)}[aria-invalid=true]`).waitFor();
  await page.keyboard.press("Control+y");
  await page.locator(`${figure(path)}[aria-invalid=false]`).waitFor();
  await saved(page);
}

/// Moves the focus into the table of a figure, to its beginning, and on to the figure.
async function tabToTable(page, path) {
  const first = await page.evaluate((selector) => {
    const table = document.querySelector(selector).closest("table");
    return table.querySelector("td[role=gridcell][tabindex='0']").dataset.path;
  }, figure(path));
  await tabTo(page, figure(first));
  await page.keyboard.press("Control+Home");
  for (let i = 0; i < 300; i += 1) {
    if (await page.evaluate((selector) => document.activeElement.matches(selector), figure(path))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way to ${path}`);
}

/// Waits until the pictures of the pages no longer change, and returns them.
async function settled(page) {
  for (let last = null; ;) {
    const now = await page.getAttribute(".pages", "data-hashes");
    if (now !== null && now === last) return now;
    last = now;
    await page.waitForTimeout(800);
  }
}

/// Measures the time from a key to the new picture of the page, as the page itself records it.
async function speed(page) {
  const path = job.wrong.path;
  for (let i = 0; i < 6; i += 1) {
    const before = await page.getAttribute(".pages", "data-hashes");
    await page.locator(figure(path)).focus();
    await page.keyboard.type(String(i + 3));
    await page.waitForFunction((before) => document.querySelector(".pages").dataset.hashes !== before, before);
    seen.key_to_page.push(Number(await page.getAttribute(".pages", "data-ms")));
    await page.keyboard.press("Enter");
    await saved(page);
  }
  await page.locator(figure(path)).focus();
  await page.keyboard.type(job.wrong.right);
  await page.keyboard.press("Enter");
  await page.locator(`${figure(path)}[aria-invalid=false]`).waitFor();
  await saved(page);
}

async function build(page) {
  await page.evaluate(() => document.getElementById("main").focus());
  await tabTo(page, "header button.main", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.locator(".files a[download]").first().waitFor();
  seen.outputs = await page.locator(".files .name").allTextContents();
  await tabTo(page, ".files a[download$='.pdf']");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  await download.saveAs(job.download);
}

/// Tries the dialogs, their closing, and a click on the page.
async function dialogs(page) {
  await page.locator(figure(job.wrong.path)).focus();
  await page.keyboard.press("n");
  await page.keyboard.insertText("其中一件");
  await look(page, "note");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "插入表中的数" }).nth(1).click();
  await page.keyboard.insertText("总计");
  await look(page, "insert");
  await page.keyboard.press("Escape");
  seen.levels = await page.locator(".line:not([data-level=''])").count();
  await page.getByRole("button", { name: "历史" }).click();
  await page.locator("dialog[open]").waitFor();
  await look(page, "saves");
  await page.keyboard.press("Escape");
  // A click on a figure of the page leads to its field.
  const field = await page.evaluate(async (path) => {
    const file = decodeURIComponent(location.hash.slice(1));
    const fields = await (await fetch(`/api/fields?file=${encodeURIComponent(file)}`)).json();
    const field = fields.find((field) => field.path === path);
    const image = document.querySelectorAll(".pages img")[field.page - 1];
    image.scrollIntoView();
    const scale = image.clientWidth / 595.2756;
    return { page: field.page - 1, x: (field.x + 2) * scale, y: (field.y - 2) * scale };
  }, "appeals.review.total");
  await page.locator(".pages img").nth(field.page).click({ position: { x: field.x, y: field.y } });
  seen.click_leads_to = await page.evaluate(() => document.activeElement.dataset.path);
}

/// Imports a foreign page.
async function bring(page) {
  await page.setInputFiles("input[type=file]", job.bring);
  await page.locator("dialog[open], .editing .pages img").first().waitFor();
  seen.brought = await page.locator("dialog[open]").allInnerTexts();
  await look(page, "brought");
  if (seen.brought.length > 0) await page.keyboard.press("Escape");
  await page.locator(".editing .pages img").first().waitFor();
  seen.brought_figure = await page.locator(figure("applications.new.natural")).innerText();
}

/// Edits one report in two tabs: the second may not overwrite the change of the first without asking.
async function tabs(context, page) {
  const other = await context.newPage();
  watch(other);
  await other.goto(page.url());
  await other.locator(".pages img").first().waitFor();
  const { path, right } = job.wrong;
  // The first tab must not learn of the change: its requests get no response meanwhile.
  await page.route("**/api/version*", () => {});
  await other.locator(figure(path)).focus();
  await other.keyboard.type("7");
  await other.keyboard.press("Enter");
  await saved(other);
  await page.locator(figure(path)).focus();
  await page.keyboard.type("8");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "比较并选择…" }).click();
  await page.locator("dialog[open] fieldset").waitFor();
  seen.conflict = await page.locator("dialog[open] fieldset").innerText();
  await look(page, "conflict");
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await saved(page);
  await page.unroute("**/api/version*");
  await other.waitForFunction((selector) => document.querySelector(selector).textContent.startsWith("8"), figure(path));
  seen.both_say = await other.locator(figure(path)).innerText();
  await page.locator(figure(path)).focus();
  await page.keyboard.type(right);
  await page.keyboard.press("Enter");
  await saved(page);
  await other.close();
}
