// The same pages as a react-admin app, as its makers' guide and template make one: dashboard, two lists, the one
// session. It asks less than the portal's app does: no state of ChargePoint, no events, no saved views.
import { createRoot } from "react-dom/client";
import { Admin, Resource } from "react-admin";
import { Dashboard } from "./dashboard.jsx";
import { LocationList, SessionList } from "./lists.jsx";
import { authProvider, dataProvider } from "./provider.js";

createRoot(document.getElementById("root")).render(
  <Admin dataProvider={dataProvider} authProvider={authProvider} dashboard={Dashboard} disableTelemetry>
    <Resource name="locations" options={{ label: "Charge locations" }} list={LocationList} recordRepresentation="name" />
    <Resource name="sessions" list={SessionList} recordRepresentation="sessionId" />
  </Admin>,
);
