// Drives the local page in a real browser: starts servers, opens pages, waits for what a person would wait for.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.GONGBAO_JUDGES_NODE}/`);
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const figure = (path) => `[data-path="${path}"]`;

/** Runs a job: `does(job, seen)` fills what is printed as JSON. */
export async function run(does) {
  const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
  const seen = {};
  const drive = new Drive(job);
  try {
    await does(drive, seen, job);
  } catch (error) {
    for (const page of drive.pages) if (job.pictures) await page.screenshot({ path: `${job.pictures}/error.png` }).catch(() => {});
    console.error(`seen so far: ${JSON.stringify(seen)}\ncomplaints: ${JSON.stringify(drive.complaints)}`);
    throw error;
  } finally {
    await drive.close();
  }
  seen.complaints = drive.complaints;
  seen.foreign = drive.foreign;
  process.stdout.write(JSON.stringify(seen));
}

/** A browser and the servers of one job: `{ program, fonts, folder, home, pictures? }`. */
class Drive {
  constructor(job) {
    this.job = job;
    this.pages = [];
    this.complaints = [];
    this.foreign = [];
    this.servers = [];
  }

  /** Starts a server; resolves with its process, address and one-time code. */
  serve(more = []) {
    const { program, fonts, folder, home, dev } = this.job;
    const child = spawn(program, [...(dev ? [`--dev=${dev}`] : []), "serve", ".", "--no-open", ...more], { cwd: folder, env: { ...process.env, XDG_CONFIG_HOME: home, GONGBAO_FONTS: fonts } });
    this.servers.push(child);
    return new Promise((resolve, reject) => {
      let [out, err] = ["", ""];
      child.stderr.on("data", (bytes) => { err += bytes; });
      child.stdout.on("data", (bytes) => {
        out += bytes;
        const lines = out.split("\n");
        if (lines.length > 2) resolve({ child, address: lines[0], code: lines[1] });
      });
      child.on("exit", () => reject(new Error(`the server has ended: ${err}`)));
    });
  }

  /** Kills a server, as a power cut would. */
  async kill(server) {
    const gone = new Promise((resolve) => server.child.on("exit", resolve));
    server.child.kill("SIGKILL");
    await gone;
  }

  /** Opens a page that has entered. */
  async page(server) {
    if (!this.browser) {
      this.browser = await chromium.launch({
        executablePath: process.env.GONGBAO_JUDGES_CHROMIUM,
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
      });
      this.context = await this.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "zh-CN", acceptDownloads: true });
      this.context.setDefaultTimeout(Number(process.env.PATIENCE || 60000));
      await this.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(server.address).origin });
    }
    const page = await this.context.newPage();
    this.pages.push(page);
    page.on("request", (request) => request.url().startsWith(server.address) || /^(data|blob):/.test(request.url()) || this.foreign.push(request.url()));
    // The browser logs an error for each status that is a refusal, and for a server that is gone.
    page.on("console", (message) => message.type() === "error" && !/Failed to load resource/.test(message.text()) && this.complaints.push(message.text()));
    page.on("pageerror", (error) => this.complaints.push(String(error.stack || error)));
    await this.enter(page, server);
    return page;
  }

  /** Enters with the one-time code, unless the browser has been let in before. */
  async enter(page, server) {
    await page.goto(server.address);
    await page.locator("#code, #top").first().waitFor({ state: "attached" });
    if ((await page.locator("#code").count()) === 0) return;
    await page.locator("#code").fill(server.code);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.querySelector("#code"));
  }

  async open(page, server, file) {
    await page.goto(`${server.address}#${encodeURIComponent(file)}`);
    await page.locator(".pages img").first().waitFor();
  }

  /** Checks a view with axe-core and takes a picture. */
  async look(page, seen, name) {
    await page.waitForTimeout(200);
    await page.evaluate(axeSource);
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    seen.axe = seen.axe || {};
    seen.axe[name] = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
    if (this.job.pictures) await page.screenshot({ path: `${this.job.pictures}/${name}.png` });
  }

  async close() {
    if (this.browser) await this.browser.close();
    this.servers.forEach((child) => child.kill("SIGKILL"));
  }
}

/** Waits until the page says that everything is saved. */
export const saved = (page) => page.locator(".saved.saved", { hasText: /^已保存/ }).waitFor();

/** Waits until the page says something else than that. */
export const state = (page, name) => page.locator(`.saved.${name}`).waitFor();

/** Returns the words of the trouble bar, when there are some. */
export async function trouble(page, pattern) {
  await page.locator(".trouble:not([hidden])", { hasText: new RegExp(pattern) }).waitFor();
  return page.locator(".trouble").innerText();
}

/** Waits until the pages show the saved version. */
export const settled = (page, version) => page.waitForFunction((version) => {
  const pages = document.querySelector(".pages");
  return version ? pages.dataset.version === version : Boolean(pages.dataset.version);
}, version);

/** Composes text with an input method: each of `steps` is what the candidate shows, then `text` is committed. */
export async function compose(page, steps, text, between = async () => {}) {
  const session = await page.context().newCDPSession(page);
  for (const step of steps) {
    await session.send("Input.imeSetComposition", { text: step, selectionStart: step.length, selectionEnd: step.length });
    await between(step);
  }
  await session.send("Input.insertText", { text });
  await session.detach();
}

/** Pastes with formats that a person has in the clipboard. Styles are left out: the browser takes them out of what a page writes. */
export async function paste(page, selector, { ...formats }) {
  if (formats["text/html"]) formats["text/html"] = formats["text/html"].replace(/<style[\s\S]*?<\/style>/g, "").replace(/\sstyle='[^']*'/g, "");
  await page.locator(selector).focus();
  await page.evaluate(async (formats) => {
    const items = Object.fromEntries(Object.entries(formats).map(([type, words]) => [type, new Blob([words], { type })]));
    await navigator.clipboard.write([new ClipboardItem(items)]);
  }, formats);
  await page.keyboard.press("Control+v");
}
