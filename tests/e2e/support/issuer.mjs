// An issuer of OpenID Connect on this machine, by npm's oidc-provider, with people who sign in by their name.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const SECRET = "planted-openid-secret";

/** The issuer; `people` says of each name what it tells of them, and may change. */
export class Issuer {
  static async start(people) {
    const issuer = new Issuer();
    issuer.people = people;
    issuer.server = createServer((request, answer) => issuer.answer(request, answer));
    await new Promise((ready) => issuer.server.listen(0, "127.0.0.1", ready));
    issuer.url = `http://127.0.0.1:${issuer.server.address().port}`;
    issuer.secret = SECRET;
    return issuer;
  }

  /** Knows the portal from now on. */
  serve(portal) {
    const provider = new Provider(this.url, {
      clients: [{ client_id: "ev-portal", client_secret: SECRET, redirect_uris: [`${portal.url}/sign-in/openid/done`] }],
      claims: { openid: ["sub"], profile: ["name", "groups"], email: ["email", "email_verified"] },
      pkce: { required: () => true },
      cookies: { keys: ["of the tests"] },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...this.people[sub] }) }),
    });
    const callback = provider.callback();
    this.answer = (request, answer) => {
      const set = answer.setHeader.bind(answer);
      answer.setHeader = (name, value) => {
        if (!this.keeps || name.toLowerCase() !== "location" || !value.startsWith(portal.url)) return set(name, value);
        this.kept = value;
        return set(name, `${this.url}/kept`);
      };
      callback(request, answer);
    };
  }

  /** Whether to keep the address that it would send browsers back to the portal with; the last one kept. */
  keepBack(keeps) {
    this.keeps = keeps;
    return this.kept;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
