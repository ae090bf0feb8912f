// The portal's REST API as react-admin asks for it.
import { fetchUtils, HttpError } from "react-admin";

const IDS = { sessions: "sessionId" };

async function ask(path, signal) {
  const { json } = await fetchUtils.fetchJson(`/api/v1${path}`, { signal });
  return json;
}

const withId = (resource) => (row) => ({ ...row, id: row[IDS[resource] ?? "id"] });

const unused = (method) => () => Promise.reject(new HttpError(`${method} is not part of the measurement`, 501));

export const dataProvider = {
  supportAbortSignal: true,
  async getList(resource, { pagination: { page, perPage }, sort, filter: { q, ...filters }, signal }) {
    const query = new URLSearchParams({ page, pageSize: perPage });
    if (q) query.set("q", q);
    for (const [field, value] of Object.entries(filters)) query.append("filter", `${field}:is:${value}`);
    // The list's own order is the portal's matter.
    if (sort.field !== "id") query.set("sort", (sort.order === "DESC" ? "-" : "") + sort.field);
    const { items, total } = await ask(`/${resource}?${query}`, signal);
    return { data: items.map(withId(resource)), total };
  },
  getOne: async (resource, { id, signal }) => ({ data: withId(resource)(await ask(`/${resource}/${encodeURIComponent(id)}`, signal)) }),
  getMany: async (resource, { ids, signal }) => ({
    data: await Promise.all(ids.map(async (id) => withId(resource)(await ask(`/${resource}/${encodeURIComponent(id)}`, signal)))),
  }),
  part: (name, query, signal) => ask(`/dashboard/${name}${query}`, signal),
  ...Object.fromEntries(
    ["getManyReference", "create", "update", "updateMany", "delete", "deleteMany"].map((method) => [method, unused(method)]),
  ),
};

// The server leads whoever is not signed in away before a page comes, so that nothing need be asked before drawing.
export const authProvider = {
  login: () => Promise.resolve(),
  logout: () => Promise.resolve(),
  checkAuth: () => Promise.resolve(),
  checkError: ({ status }) => (status === 401 ? Promise.reject() : Promise.resolve()),
  async getIdentity() {
    const { id, name } = await ask("/session");
    return { id, fullName: name };
  },
};
