// Both apps: where their pages are, by what they are known to be there, and what leads to them.

const FIGURES = 20;
const ROWS = 25;

const places = (base, figures, rows, links) => ({
  dashboard: { title: "Dashboard", path: base[0], place: { figures, count: FIGURES }, link: links[0] },
  locations: { title: "Charge locations", path: base[1], place: { head: "Visibility", rows, count: ROWS }, link: links[1] },
  sessions: { title: "Sessions", path: base[2], place: { head: "Session ID", rows, count: ROWS }, link: links[2] },
});

const own = ["/dashboard", "/cpo/charge-locations", "/cpo/sessions"];
const theirs = ["#/", "#/locations", "#/sessions"];

export const SIDES = {
  ours: { places: places(own, ".tallies li", "tbody tr:not(.waiting)", own.map((path) => `nav a[href="${path}"]`)) },
  peer: { places: places(theirs.map((hash) => `/peer/index.html${hash}`), ".figure", "tbody tr", theirs.map((hash) => `.RaSidebar-fixed a[href="${hash}"]`)) },
};

/** Both must show the same figures and rows, word for word; else what follows compares different things. */
export async function same(contexts, url) {
  for (const name of Object.keys(SIDES.ours.places)) {
    // What stands there changes as time goes by: one of the tries falls between two changes.
    let shown = {};
    for (let nth = 0; nth < 3; nth += 1) {
      const both = Object.keys(SIDES).map(async (side) => [side, await words(contexts[side], url, SIDES[side].places[name])]);
      shown = Object.fromEntries(await Promise.all(both));
      if (shown.ours === shown.peer) break;
    }
    if (shown.ours !== shown.peer) {
      const [ours, peer] = [shown.ours.split("\n"), shown.peer.split("\n")];
      const at = ours.findIndex((row, index) => row !== peer[index]);
      throw new Error(`${name}: ours says\n${ours[at]}\nand the peer\n${peer[at]}\nof ${ours.length} and ${peer.length} rows.`);
    }
  }
}

/** What a page says in its rows or figures, when it has finished. */
async function words(context, url, { path, place }) {
  const page = await context.newPage();
  try {
    await page.goto(url + path, { waitUntil: "networkidle" });
    return await page.evaluate(({ figures, rows }) => {
      // How thousands are set apart is no difference.
      const text = (node) => node.textContent.replace(/\s+/g, " ").replace(/(\d),(?=\d{3})/g, "$1").trim();
      if (figures) return [...document.querySelectorAll(figures)].map(text).join("\n");
      return [...document.querySelectorAll(rows)].map((row) => [...row.children].map(text).join(" | ")).join("\n");
    }, place);
  } finally {
    await page.close();
  }
}
