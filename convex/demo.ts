/** The demonstration: two districts with people, students, plans and data. Off unless the deployment says so. */
import { v } from "convex/values";
import { internal } from "./_generated/api";
import { createAuth } from "./access/authentication";
import { openQuery } from "./access/functions";
import { systemAction } from "./access/systemFunctions";
import { DISTRICTS, type DistrictKey, emailOf, PEOPLE } from "./jobs/demo/people";
import { vRole } from "./tables/people";

/** Everybody's in the demonstration; it opens nothing else. */
const PASSWORD = "trellis-demo-garden";
const enabled = () => process.env.TRELLIS_DEMO === "1";

/** Accounts that one click signs in as. */
export const listAccounts = openQuery({
  access: "public",
  args: {},
  returns: v.union(
    v.object({ enabled: v.literal(false) }),
    v.object({
      enabled: v.literal(true),
      password: v.string(),
      accounts: v.array(
        v.object({
          /** Names the words that describe the person. */
          key: v.string(),
          email: v.string(),
          name: v.string(),
          role: vRole,
          organizationName: v.string(),
        }),
      ),
    }),
  ),
  handler: () => {
    if (!enabled()) return { enabled: false as const };
    return {
      enabled: true as const,
      password: PASSWORD,
      accounts: PEOPLE.map((person) => ({
        key: person.key,
        email: emailOf(person),
        name: `${person.firstName} ${person.lastName}`,
        role: person.role,
        organizationName: DISTRICTS[person.district].name,
      })),
    };
  },
});

/** Makes what is missing, and moves the dates of what is there. Refuses where the demonstration is off. */
export const seed = systemAction({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    if (!enabled()) throw new Error("Set TRELLIS_DEMO=1 where a demonstration is wanted");
    const existing = await ctx.runQuery(internal.jobs.demo.write.existing, {});
    const missing = (Object.keys(DISTRICTS) as DistrictKey[]).filter(
      (key) => !existing.includes(DISTRICTS[key].name),
    );
    if (missing.length > 0) {
      const { internalAdapter, password } = await createAuth(ctx).$context;
      // One hash for all: it is a public password, and hashing is slow on purpose.
      const hash = await password.hash(PASSWORD);
      for (const key of missing) {
        const authIds: Record<string, string> = {};
        for (const person of PEOPLE.filter(({ district }) => district === key)) {
          const email = emailOf(person);
          const found = await internalAdapter.findUserByEmail(email);
          if (found !== null) {
            authIds[person.key] = found.user.id;
            continue;
          }
          const user = await internalAdapter.createUser({
            email,
            name: `${person.firstName} ${person.lastName}`,
            emailVerified: true,
          });
          await internalAdapter.linkAccount({
            userId: user.id,
            accountId: user.id,
            providerId: "credential",
            password: hash,
          });
          authIds[person.key] = user.id;
        }
        await ctx.runMutation(internal.jobs.demo.write.district, { key, authIds });
      }
    }
    while (await ctx.runMutation(internal.jobs.demo.sections.write, {}));
    await ctx.runMutation(internal.jobs.demo.write.roll, {});
    return null;
  },
});
