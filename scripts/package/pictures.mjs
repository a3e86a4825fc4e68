// Takes the pictures of scripts/package/使用说明.html from the local page; to be run after the page has changed.
// Usage: eval "$(scripts/test --env)"; node scripts/package/pictures.mjs PROGRAM

import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(`${process.env.GONGBAO_JUDGES_NODE}/`);
const { chromium } = require("playwright-core");
const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "gongbao-"));
copyFileSync(join(here, "../../data/reports/pengyang-jgsw-2020.toml"), join(folder, "彭阳县机关事务服务中心-2020.toml"));
// Machines that make programs have no Chinese faces; the browser takes the program's own.
const fontconfig = join(folder, ".fonts.conf");
writeFileSync(fontconfig, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(here, "../../fonts")}</dir>
<cachedir>${join(folder, ".fonts")}</cachedir><match><edit name="family" mode="append_last"><string>Noto Sans SC</string></edit></match></fontconfig>`);
process.env.FONTCONFIG_FILE = fontconfig;
const server = spawn(process.argv[2], ["serve", folder, "--no-open"], { stdio: ["ignore", "pipe", "inherit"] });
const browser = await chromium.launch({
  executablePath: process.env.GONGBAO_JUDGES_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
try {
  const address = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data).split("\n")[0].trim())));
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 720 }, locale: "zh-CN" })).newPage();
  const take = async (name) => {
    await page.waitForTimeout(2500);
    await page.screenshot({ path: join(here, "图片", `${name}.png`) });
  };
  await page.goto(address);
  await page.locator("table.list").waitFor();
  await take("1-报告列表");
  await page.getByRole("link", { name: "填报" }).first().click();
  await page.waitForTimeout(3000);
  await take("2-填报");
  await page.getByRole("button", { name: /^生成(成品)?$/ }).click();
  await page.waitForTimeout(4000);
  await take("3-生成");
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true });
}
