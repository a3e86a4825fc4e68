// Measures the time from a key to the picture of the page: 200 keys in the middle of the longest chapter.
// Usage: node keys.mjs JOB.json, where JOB is { program, fonts, folder, home, file, keys? }.
// Prints one JSON object; README.md beside this file describes its fields.

import { run, saved, settled } from "./driver.mjs";

await run(async (drive, seen, job) => {
  const server = await drive.serve();
  const page = await drive.page(server);
  await drive.open(page, server, job.file);
  await settled(page);
  const longest = await page.locator(".text textarea").evaluateAll((all) => all.sort((a, b) => b.value.length - a.value.length)[0].id);
  const area = page.locator(`#${longest}`);
  await area.click();
  await area.evaluate((one) => {
    const at = Math.floor(one.value.length / 2);
    one.setSelectionRange(at, at);
  });
  const all = [];
  for (let i = 0; i < (job.keys || 200); i += 1) {
    const before = await page.getAttribute(".pages", "data-hashes");
    await page.keyboard.press(String(i % 10));
    await page.waitForFunction((before) => document.querySelector(".pages").dataset.hashes !== before, before, { polling: 10 });
    all.push([Number(await page.getAttribute(".pages", "data-ms")), ...(await page.getAttribute(".pages", "data-parts")).split(" ").map(Number)]);
    await page.waitForTimeout(60);
  }
  await saved(page);
  const column = (n) => all.map((one) => one[n]).sort((a, b) => a - b);
  const of = (list) => ({ median: list[Math.floor(list.length / 2)], p95: list[Math.floor(list.length * 0.95)], worst: list[list.length - 1] });
  ["total", "saved_and_asked", "typeset", "answered", "drawn"].forEach((name, n) => { seen[name] = of(column(n)); });
});
