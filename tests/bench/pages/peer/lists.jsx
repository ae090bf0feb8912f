// The two lists in react-admin's table: the portal's columns in the same words, and what react-admin has of the tools
// above our table: search, filters that can be saved, choice of columns, export.
import { Chip } from "@mui/material";
import {
  ColumnsButton, DataTable, DateField, DateTimeInput, ExportButton, FilterButton, FunctionField, List, NumberField, NumberInput, SearchInput, SelectInput,
  TextInput, TopToolbar,
} from "react-admin";
import { Link } from "react-router-dom";

const ROWS = 50;
const Column = DataTable.Col;
const Number = ({ source, label, digits = 0 }) => (
  <Column source={source} label={label} align="right">
    <NumberField source={source} locales="en-GB" options={{ minimumFractionDigits: digits, maximumFractionDigits: 3 }} emptyText="–" />
  </Column>
);
const Text = ({ source, ...props }) => <Column source={source} render={(row) => row[source] || "–"} {...props} />;
const formats = new Map();
const written = (at, timeZone) => {
  if (!formats.has(timeZone)) {
    formats.set(timeZone, new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone }));
  }
  return formats.get(timeZone).format(at);
};
/** What clocks show at the station, where they show another time than the reader's. */
const there = (at, zone) => {
  if (!at || !zone) return null;
  const date = new Date(at);
  const [here, text] = [written(date), written(date, zone)];
  if (here === text) return null;
  const [day, time] = text.split(", ");
  return <span className="note"> {here.startsWith(day) ? time : text} there</span>;
};

const Time = ({ source, label }) => (
  <Column source={source} label={label}>
    <DateField source={source} showTime locales="en-GB" options={{ dateStyle: "medium", timeStyle: "short" }} emptyText="–" />
    <FunctionField render={(row) => there(row[source], row.timeZone)} />
  </Column>
);

const State = ({ word }) => <Chip size="small" label={word} />;

const tools = <TopToolbar><FilterButton /><ColumnsButton /><ExportButton /></TopToolbar>;
const search = <SearchInput key="q" source="q" alwaysOn />;
const by = (Input, ...fields) => fields.map((source) => <Input key={source} source={source} />);

const visibilities = ["Published", "Unpublished", "Private"].map((word) => ({ id: word, name: word }));
const locationFilters = [
  search, ...by(TextInput, "name", "address", "city", "country"), ...by(NumberInput, "stations", "customers", "tokens"),
  <SelectInput key="visibility" source="visibility" choices={visibilities} />, ...by(DateTimeInput, "updatedAt"),
];

export const LocationList = () => (
  <List title="Charge locations" perPage={ROWS} filters={locationFilters} actions={tools}>
    <DataTable rowClick={false} bulkActionButtons={false}>
      <Column source="name" render={({ id, name }) => <Link to={`/locations/${id}`}>{name}</Link>} />
      <Text source="address" render={({ address }) => address.streetAndNumber || "–"} />
      <Text source="city" render={({ address }) => address.city || "–"} />
      <Text source="country" render={({ address }) => address.country || "–"} />
      <Column source="stations" align="right" render={({ stations }) => stations.length} />
      <Column source="visibility" render={({ visibility }) => <State word={visibility} />} />
      <Number source="customers" />
      <Number source="tokens" label="Charge tokens" />
      <Time source="updatedAt" label="Updated" />
    </DataTable>
  </List>
);

const sessionFilters = [
  search, ...by(TextInput, "sessionId", "stationName", "stationId", "portNumber", "endedBy", "driverName", "credentialId", "city"),
  ...by(DateTimeInput, "startTime", "endTime"), ...by(NumberInput, "energy"),
];

export const SessionList = () => (
  <List perPage={ROWS} filters={sessionFilters} actions={tools}>
    <DataTable rowClick={false} bulkActionButtons={false} hiddenColumns={["stationId"]}>
      <Column source="sessionId" label="Session ID" render={({ id }) => <Link to={`/sessions/${id}`}>{id}</Link>} />
      <Column source="stationName" label="Station" render={({ stationId, stationName }) => <Link to={`/stations/${stationId}`}>{stationName}</Link>} />
      <Text source="portNumber" label="Port" />
      <Time source="startTime" label="Started" />
      <Number source="energy" label="Energy, kWh" digits={3} />
      <Time source="endTime" label="Ended" />
      <Text source="totalSessionDuration" label="Plugged in" />
      <Text source="endedBy" label="Ended by" />
      <Text source="driverName" label="Driver" />
      <Text source="credentialId" label="Card or app" />
      <Text source="city" />
      <Text source="stationId" label="Station ID" />
    </DataTable>
  </List>
);
