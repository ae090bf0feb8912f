// The same table in React with TanStack Table: the same columns, rows, markup and style sheet, the rows
// memoised as its guide advises.
import { columnVisibilityFeature, rowSelectionFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { memo, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
const { columns: heads } = JSON.parse(document.getElementById("columns").textContent);

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "America/Los_Angeles" });
const show = {
  pacific: (at) => <time dateTime={at}>{moment.format(new Date(at))}</time>,
  id: (text) => <span className="id">{text}</span>,
  status: (word) => <span className="badge">{word}</span>,
};

const columns = heads.map(({ key, label, kind }) => ({
  accessorKey: key,
  header: label,
  cell: (info) => {
    const value = info.getValue();
    if (value === null || value === "") return <span className="quiet">–</span>;
    return show[kind] ? show[kind](value) : value;
  },
}));

const Row = memo(({ row, selected, table }) => (
  <tr aria-selected={selected}>
    <td className="pick">
      <input type="checkbox" className="checkbox" aria-label="Select row" checked={selected} onChange={row.getToggleSelectedHandler()} />
    </td>
    {row.getVisibleCells().map((cell, index) =>
      index === 0
        ? <th scope="row" key={cell.id}><a href={`#${row.id}`}><table.FlexRender cell={cell} /></a></th>
        : <td key={cell.id}><table.FlexRender cell={cell} /></td>)}
  </tr>
), (before, after) => before.row.original === after.row.original && before.selected === after.selected && before.visible === after.visible);

function App() {
  const [size, setSize] = useState(Number(new URLSearchParams(location.search).get("pageSize") ?? 25));
  const [data, setData] = useState([]);
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
      <div className="table-region" role="region" tabIndex={0} aria-label="Station tokens">
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
                    <button type="button" className="sort"><span><table.FlexRender header={header} /></span></button>
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <Row key={row.id} row={row} table={table} selected={row.getIsSelected()} visible={visible} />
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
