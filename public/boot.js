// Runs before the first paint: sets the remembered theme, then loads the app.
const { js, wasm } = document.currentScript.dataset;
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("nav") === "folded") document.documentElement.dataset.nav = "folded";
} catch {
  // Storage is forbidden: the system's theme applies.
}
// A panic ends the program without a word; the browser reports where it stopped.
const stopped = ({ error, reason }) => {
  if ((error ?? reason) instanceof WebAssembly.RuntimeError) document.documentElement.dataset.crashed = "true";
};
addEventListener("error", stopped);
addEventListener("unhandledrejection", stopped);
const parsed = new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
Promise.all([import(js), parsed])
  .then(([app]) => app.default({ module_or_path: wasm }))
  .catch((error) => {
    console.error(error);
    document.documentElement.dataset.crashed = "true";
  });
