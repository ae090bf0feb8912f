// Chrome for the measurements.
import { chromium } from "playwright-core";
import { options } from "../chrome.mjs";

export const launch = () => chromium.launch(options);

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

export const ms = (number) => `${number < 10 ? number.toFixed(2) : Math.round(number)} ms`;
