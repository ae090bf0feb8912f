// How programs that stand in for people sign in to the sandbox.

/** Signs in as one of the sandbox's accounts; the session's cookie, as a browser sends it. */
export async function enter(url, account = "demo") {
  const answer = await fetch(`${url}/sign-in/try`, {
    method: "POST", redirect: "manual", body: new URLSearchParams({ account }),
  });
  const [cookie] = /^[^;]+/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
  if (!cookie) throw new Error(`No session: ${answer.status}`);
  return cookie;
}
