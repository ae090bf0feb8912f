// The portal's dashboard: each part on its own, each figure a link into the list that it counts.
import { Card, CardContent, LinearProgress, List, ListItem, ListItemButton, Typography } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { Title, useDataProvider } from "react-admin";
import { Link } from "react-router-dom";

const PARTS = [
  ["ports", "Ports"], ["stations", "Stations"], ["energy", "Today"], ["load", "Load now"], ["alarms", "Open alarms"],
  ["requests", "Requests waiting"], ["locations", "Charge locations"], ["tokens", "Charge tokens"],
];

export const Dashboard = () => (
  <>
    <Title title="Dashboard" />
    <div style={{ display: "grid", gap: 16, gridTemplateColumns: "repeat(auto-fill, minmax(300px, 1fr))", marginTop: 16 }}>
      {PARTS.map(([name, title]) => <Part key={name} name={name} title={title} />)}
    </div>
  </>
);

function Part({ name, title }) {
  const provider = useDataProvider();
  // When today began is a matter of the reader's zone.
  const midnight = (before) => {
    const day = new Date();
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - before).toISOString();
  };
  const query = name === "energy" ? `?today=${midnight(0)}&before=${midnight(7)}` : "";
  const { data } = useQuery({ queryKey: ["dashboard", name], queryFn: ({ signal }) => provider.part(name, query, signal) });
  return (
    <Card>
      <CardContent>
        <Typography variant="h6" component="h2">{title}</Typography>
        <List dense disablePadding>
          {data?.figures.map((figure) => <Figure key={figure.label} {...figure} />)}
        </List>
      </CardContent>
    </Card>
  );
}

const written = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

const Figure = ({ label, value, unit, of, list, query }) => (
  <ListItem disablePadding className="figure">
    <ListItemButton component={Link} to={`/${list}${query ? `?${query}` : ""}`}>
      <Typography component="span" sx={{ flex: 1 }}>{label}</Typography>
      <strong>{`${written.format(value)} ${unit ?? ""}`}</strong>
      {of ? <LinearProgress aria-hidden variant="determinate" value={(value / of) * 100} sx={{ width: 80, ml: 1 }} /> : null}
    </ListItemButton>
  </ListItem>
);
