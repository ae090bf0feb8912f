// The same table in React with TanStack Table: the same columns, rows, elements, texts and style sheet, the
// rows memoised as its guide advises.
import { columnVisibilityFeature, rowSelectionFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { memo, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
const { columns: heads } = JSON.parse(document.getElementById("columns").textContent);

// Swedish writes a moment as the portal does.
const moment = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: "America/Los_Angeles" });
const tones = { New: "neutral", Available: "good", Active: "active", Expired: "attention" };
const show = {
  pacific: (at) => (
    <time dateTime={at} title={`${at.replace("Z", "").replace("T", " ")} UTC`}>{moment.format(new Date(at))}</time>
  ),
  status: (word) => <span className="badge" data-tone={tones[word]}><span className="dot" />{word}</span>,
};
const classes = { id: "id", status: "state" };

const columns = heads.map(({ key, label, kind }) => ({
  accessorKey: key,
  header: label,
  meta: { className: classes[kind] },
  cell: (info) => {
    const value = info.getValue();
    if (value === null || value === "") return "–";
    return show[kind] ? show[kind](value) : value;
  },
}));

const look = (cell) => (cell.getValue() ? cell.column.columnDef.meta.className : "quiet");

const Row = memo(({ row, selected, table, onTransfer }) => (
  <tr aria-selected={selected} className="row-linked">
    <td className="pick">
      <input
        type="checkbox" className="checkbox" aria-label={`Select ${row.original.tokenSn}`}
        checked={selected} onChange={row.getToggleSelectedHandler()}
      />
    </td>
    {row.getVisibleCells().map((cell, index) =>
      index === 0
        ? <th scope="row" className={look(cell)} key={cell.id}>
            <a href={`/organizations/inventory/station-tokens/${row.id}`}><table.FlexRender cell={cell} /></a>
          </th>
        : <td className={look(cell)} key={cell.id}><table.FlexRender cell={cell} /></td>)}
    <td className="row-actions">
      {row.original.ours && ["New", "Available"].includes(row.original.status) && (
        <button type="button" className="button button-quiet button-small row-action" onClick={() => onTransfer(row.id)}>
          Transfer
        </button>
      )}
    </td>
  </tr>
), (before, after) => before.row.original === after.row.original && before.selected === after.selected && before.visible === after.visible);

const SortIcon = () => (
  <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="m5 6 3-3 3 3M5 10l3 3 3-3" /></svg>
);

function App() {
  const [size, setSize] = useState(Number(new URLSearchParams(location.search).get("pageSize") ?? 25));
  const [data, setData] = useState([]);
  const [, setMoving] = useState(null);
  useEffect(() => {
    const abort = new AbortController();
    fetch(`/api/v1/station_tokens?pageSize=${size}`, { signal: abort.signal })
      .then((answer) => answer.json())
      .then((page) => setData(page.items));
    return () => abort.abort();
  }, [size]);
  const table = useTable({ features, columns, data, getRowId: (row) => row.id });
  const visible = useMemo(() => table.state.columnVisibility, [table.state.columnVisibility]);
  return (
    <div className="table">
      <details>
        <summary>Columns</summary>
        {table.getAllLeafColumns().map((column) => (
          <label key={column.id}>
            <input type="checkbox" name={column.id} checked={column.getIsVisible()} onChange={column.getToggleVisibilityHandler()} />
            {column.columnDef.header}
          </label>
        ))}
      </details>
      <div className="table-region" data-aside="" role="region" tabIndex={0} aria-label="Station tokens">
        <table>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                <th className="pick">
                  <input
                    type="checkbox" className="checkbox" aria-label="Select all rows of this page"
                    checked={table.getIsAllRowsSelected()} onChange={table.getToggleAllRowsSelectedHandler()}
                  />
                </th>
                {group.headers.map((header) => (
                  <th scope="col" key={header.id}>
                    <button type="button" className="sort"><span><table.FlexRender header={header} /></span><SortIcon /></button>
                  </th>
                ))}
                <th className="row-actions"><span className="visually-hidden">Actions</span></th>
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <Row key={row.id} row={row} table={table} selected={row.getIsSelected()} visible={visible} onTransfer={setMoving} />
            ))}
          </tbody>
        </table>
      </div>
      <select aria-label="Rows per page" value={size} onChange={(event) => setSize(Number(event.target.value))}>
        {[25, 500].map((rows) => <option key={rows}>{rows}</option>)}
      </select>
    </div>
  );
}

createRoot(document.getElementById("app")).render(<App />);
