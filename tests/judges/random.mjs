// Edits a report at random but sensibly for some time, with kills of server and page, restored versions and outside changes; at
// the end file, page and preview agree, and nothing that was typed and confirmed is missing.
// Usage: node random.mjs JOB.json, where JOB is { program, fonts, folder, home, file, seed, seconds, pictures? }.
// Prints one JSON object; README.md beside this file describes its fields.

import { readFileSync, writeFileSync } from "node:fs";
import { compose, figure, run, saved, settled } from "./driver.mjs";

/** A generator of random numbers (mulberry32): the same seed gives the same run. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

await run(async (drive, seen, job) => {
  const random = generator(job.seed || 1);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const path = `${job.folder}/${job.file}`;
  let server = await drive.serve();
  let page = await drive.page(server);
  await drive.open(page, server, job.file);
  const api = (path) => page.evaluate(async (path) => (await fetch(path)).json(), path);
  const report = () => api(`/api/report?file=${encodeURIComponent(job.file)}`);
  const first = await report();
  const cells = Object.keys(first.values);
  const texts = first.chapters.filter((one) => one.kind === "text" && one.key !== "preface").map((one) => one.key);
  /** What was typed and confirmed last, by field; undone and restored fields are taken from the file. */
  const typed = new Map();
  const counts = {};
  const problems = [];
  let serial = 0;
  const cell = (key) => page.locator(`td${figure(key)}`);

  const acts = {
    async figure() {
      const key = pick(cells);
      const value = String(Math.floor(random() * 90) + 10);
      await cell(key).click();
      await page.keyboard.type(value);
      await page.keyboard.press(pick(["Enter", "Tab"]));
      await saved(page);
      typed.set(key, value);
    },
    async text() {
      const key = pick(texts);
      const mark = `记${++serial}号`;
      const area = page.locator(`#text-${key}`);
      await area.click();
      await page.keyboard.press(pick(["Control+Home", "Control+End"]));
      if (random() < 0.3) await compose(page, ["j", "ji"], mark);
      else await page.keyboard.type(mark, { delay: random() * 30 });
      await saved(page);
      typed.set(`text ${key} ${mark}`, mark);
    },
    async undo() {
      await page.locator("h1").click();
      await page.keyboard.press("Control+z");
      await saved(page);
      if (random() < 0.7) {
        await page.keyboard.press("Control+y");
        await saved(page);
      } else await forget();
    },
    async paste() {
      const key = pick(cells);
      await cell(key).click();
      await page.evaluate(() => navigator.clipboard.writeText("1\t2\n3\t4"));
      await page.keyboard.press("Control+v");
      await saved(page);
      await forget();
    },
    async outside() {
      // Another program adds a remark; sometimes while something is typed here.
      const key = pick(cells);
      writeFileSync(path, `${readFileSync(path, "utf8")}# 别处加的第${++serial}行\n`);
      await cell(key).click();
      await page.keyboard.type("55");
      await page.keyboard.press("Enter");
      await saved(page);
      typed.set(key, "55");
    },
    async restart() {
      const key = pick(cells);
      await drive.kill(server);
      await cell(key).click();
      await page.keyboard.type("66");
      await page.keyboard.press("Enter");
      await page.waitForTimeout(random() * 1500);
      server = await drive.serve();
      await saved(page);
      typed.set(key, "66");
    },
    async leave() {
      // The page is closed at once after typing; what was typed is there when it is opened again.
      const key = pick(cells);
      await cell(key).click();
      await page.keyboard.type("77");
      await page.keyboard.press("Enter");
      if (random() < 0.5) await saved(page);
      page.once("dialog", (dialog) => dialog.accept());
      await page.close({ runBeforeUnload: false });
      page = await drive.page(server);
      await drive.open(page, server, job.file);
      await saved(page);
      typed.set(key, "77");
    },
    async restore() {
      const saves = await api(`/api/saves?file=${encodeURIComponent(job.file)}`);
      if (saves.length === 0) return;
      await page.getByRole("button", { name: "历史" }).click();
      await page.locator("dialog input[name=save]").first().waitFor();
      await page.locator("dialog input[name=save]").nth(Math.floor(random() * Math.min(3, saves.length))).click();
      await page.getByRole("button", { name: "恢复成这样" }).click();
      await page.locator("dialog[open]").waitFor({ state: "detached" });
      await page.waitForTimeout(300);
      await saved(page);
      await forget();
    },
  };

  /** After undo, a paste or a restoration, the file says what is expected from then on. */
  async function forget() {
    const now = await report();
    for (const [key] of [...typed]) {
      if (key.startsWith("text ")) {
        const [, chapter, mark] = key.split(" ");
        if (!now.texts[chapter].join("\n").includes(mark)) typed.delete(key);
      } else typed.set(key, now.values[key].raw);
    }
  }

  /** Compares page, file and what was typed. */
  async function compare(act) {
    const now = await report();
    const shown = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll("td[data-path]")].map((td) => [td.dataset.path, td.querySelector(".value") && td.querySelector(".value").textContent])));
    for (const [key, value] of Object.entries(now.values)) {
      const raw = value.raw === null ? (value.computed === undefined || value.computed === null ? "未填" : value.computed) : value.raw === "" ? "空白" : value.raw;
      if (shown[key] !== undefined && shown[key] !== null && shown[key] !== raw) problems.push([act, key, "page", shown[key], raw]);
    }
    for (const [key, value] of typed) {
      if (key.startsWith("text ")) {
        const [, chapter, mark] = key.split(" ");
        if (!now.texts[chapter].join("\n").includes(mark)) problems.push([act, key, "lost"]);
      } else if (now.values[key].raw !== value) problems.push([act, key, "lost", value, now.values[key].raw]);
    }
    for (const key of texts) {
      const value = await page.locator(`#text-${key}`).inputValue();
      const lines = value.split("\n").map((line) => line.trim()).filter(Boolean);
      if (!value.includes("〔") && lines.join("\n") !== now.texts[key].join("\n")) problems.push([act, key, "text"]);
    }
    return now;
  }

  const end = Date.now() + job.seconds * 1000;
  const weights = { figure: 6, text: 6, undo: 4, paste: 2, outside: 2, restart: 1, leave: 1, restore: 1 };
  const bag = Object.entries(weights).flatMap(([name, count]) => Array(count).fill(name));
  while (Date.now() < end && problems.length < 5) {
    const act = pick(bag);
    counts[act] = (counts[act] || 0) + 1;
    await acts[act]();
    await compare(act);
  }
  const last = await compare("end");
  await settled(page, last.version);
  seen.counts = counts;
  seen.problems = problems;
  seen.kept = typed.size;
});
