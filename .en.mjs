import { launch, as } from "./.shots.mjs";
const b = await launch();
for (const who of ["cm", "admin"]) {
  const p = await as(b, who);
  await p.getByRole("button", { name: /Your account|Su cuenta/ }).click();
  await p.getByRole("menu").waitFor();
  const en = p.getByRole("menuitem", { name: process.argv[2] ?? "English" });
  if (await en.count()) await en.click();
  await p.waitForTimeout(1500);
}
await b.close();
