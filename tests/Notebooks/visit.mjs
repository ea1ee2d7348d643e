// Opens a page without a network, looks at it as a reader would, and prints what was seen as JSON.
// node visit.mjs FOLDER_WITH_PLAYWRIGHT PAGE light|dark WIDTH WORK_FOLDER [SCREENSHOT]
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeFileSync } from "node:fs";

const [folder, page_file, theme, width, work, screenshot] = process.argv.slice(2);
const { chromium } = createRequire(join(folder, "package.json"))("playwright-core");

const browser = await chromium.launchPersistentContext(join(work, "profile"), {
  executablePath: "/usr/bin/chromium", headless: true, offline: true, colorScheme: theme, viewport: { width: Number(width), height: 900 },
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
try {
  const page = await browser.newPage();
  const requests = [], errors = [];
  page.on("request", request => { if (!/^(file|data|blob):/.test(request.url())) requests.push(request.url()); });
  page.on("pageerror", error => errors.push(error.message));
  await page.goto("file://" + page_file);
  await page.waitForSelector(".js-plotly-plot .main-svg");
  await page.waitForTimeout(1000);

  const plot = page.locator(".js-plotly-plot").first();
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.locator(".nsewdrag").first().boundingBox();
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
  await page.waitForTimeout(700);
  const tooltip = (await plot.locator(".hoverlayer").allTextContents()).join(" ");
  const picture = await plot.screenshot();

  const visible = () => plot.evaluate(div => div.data.filter(trace => trace.visible !== "legendonly").length);
  const shownBefore = await visible();
  await plot.locator(".legendtoggle").last().click({ force: true });
  await page.waitForTimeout(1000);
  const shownAfter = await visible();
  const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
  const leastContrast = await page.evaluate(contrast);
  const whole = await page.screenshot();
  if (screenshot) writeFileSync(screenshot, await page.screenshot({ fullPage: true }));
  const blank = await browser.newPage();
  const [brightness] = await blank.evaluate(luminance, whole.toString("base64"));
  const [, pictureContrast] = await blank.evaluate(luminance, picture.toString("base64"));
  console.log(JSON.stringify({ tooltip, shownBefore, shownAfter, scrollWidth, leastContrast, brightness, pictureContrast, requests, errors }));
} finally {
  await browser.close();
}

// The mean brightness of a picture, 0 to 255, and how far its darkest and brightest hundredths are apart.
async function luminance(png) {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const bytes = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  const grey = [];
  for (let i = 0; i < bytes.length; i += 4) grey.push(0.2126 * bytes[i] + 0.7152 * bytes[i + 1] + 0.0722 * bytes[i + 2]);
  grey.sort((a, b) => a - b);
  return [grey.reduce((a, b) => a + b, 0) / grey.length, Math.round(grey[Math.floor(grey.length * 0.99)] - grey[Math.floor(grey.length * 0.01)])];
}

// The least contrast of a text in our outputs with what lies behind it (WCAG's ratio, 1 to 21); opacity counts.
function contrast() {
  const parse = color => (color.match(/[\d.]+/g) || []).map(Number);
  const light = rgb => { const c = rgb.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; };
  const over = (top, alpha, below) => top.map((v, i) => v * alpha + below[i] * (1 - alpha));
  let least = 21;
  for (const node of document.querySelectorAll(".fednb *")) {
    if (![...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) || node.closest("svg, style, script")) continue;
    const layers = [];
    let opacity = 1;
    for (let at = node; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      layers.unshift(parse(style.backgroundColor));
      opacity *= Number(style.opacity);
    }
    let paper = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
    for (const [r, g, b, a = 1] of layers) if (r !== undefined) paper = over([r, g, b], a, paper);
    const [r, g, b, a = 1] = parse(getComputedStyle(node).color);
    const ink = over([r, g, b], a * opacity, paper);
    const [one, other] = [light(ink), light(paper)].sort((x, y) => y - x);
    least = Math.min(least, (one + 0.05) / (other + 0.05));
  }
  return least;
}
