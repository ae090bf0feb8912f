// Chrome for the measurements.
import { chromium } from "playwright-core";

export const launch = () =>
  chromium.launch({
    executablePath: process.env.EV_PORTAL_CHROME,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
  });

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

export const ms = (number) => `${number < 10 ? number.toFixed(2) : Math.round(number)} ms`;
