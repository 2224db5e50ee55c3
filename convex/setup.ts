/** The first district of a deployment and its first administrator: run once, by whoever runs the deployment. */
import { v } from "convex/values";
import { requireValid } from "./access/errors";
import { systemMutation } from "./access/systemFunctions";
import { TenantWriter } from "./access/tenantDb";
import { addDays, addMonths, todayIn } from "./domain/calendar/calendarDate";
import { checkSettings, type OrganizationSettings } from "./domain/organizations/settings";
import { checkEmail, checkPersonName, normalizeEmail } from "./domain/people/person";
import { checkText, LIMITS, normalizeName } from "./domain/validation/problem";
import { hashToken, INVITATION_DAYS, newToken } from "./model/invitations";
import { vLanguage } from "./tables/people";

const DAY = 24 * 60 * 60 * 1000;

/** The longest cycles that the law allows, and a year from August to June in two halves: to be changed by the district. */
function firstSettings(timezone: string, today: string): OrganizationSettings {
  const year = Number(today.slice(0, 4)) - (today.slice(5) < "07-01" ? 1 : 0);
  const start = `${String(year)}-08-01`;
  const middle = addMonths(start, 5);
  const end = addDays(addMonths(start, 11), -1);
  return {
    timezone,
    academicYear: { start, end },
    gradeSystem: ["PK", "K", ..."1 2 3 4 5 6 7 8 9 10 11 12".split(" ")],
    reportingPeriods: [
      { name: "1", start, end: addDays(middle, -1) },
      { name: "2", start: middle, end },
    ],
    complianceSettings: { iepReviewCycle: 12, evaluationCycle: 36, transitionAge: 16 },
  };
}

/**
 * Makes the district and returns the link of its first administrator's invitation.
 * `npx convex run setup:createDistrict '{"name": …, "timezone": "America/Chicago", "email": …, …}'`
 * @throws INVALID
 */
export const createDistrict = systemMutation({
  args: {
    name: v.string(),
    timezone: v.string(),
    email: v.string(),
    firstName: v.string(),
    lastName: v.string(),
    language: vLanguage,
    maxUsers: v.number(),
    maxStudents: v.number(),
  },
  returns: v.object({ link: v.string() }),
  handler: async (ctx, { name, timezone, language, maxUsers, maxStudents, ...person }) => {
    const email = normalizeEmail(person.email);
    requireValid([
      ...checkText("name", name, { required: true, max: LIMITS.title }),
      ...checkEmail("email", email),
      ...checkPersonName(person),
    ]);
    const now = Date.now();
    const settings = firstSettings(timezone, todayIn("UTC", now));
    requireValid(checkSettings(settings));
    const organizationId = await ctx.db.insert("organizations", {
      name: normalizeName(name),
      type: "district",
      address: { street: "", city: "", state: "", zipCode: "", country: "US" },
      contactInfo: { phone: "", email },
      ...{ settings, maxUsers, maxStudents },
      settingsVersion: 1,
      isActive: true,
      subscriptionTier: "enterprise",
    });
    const token = newToken();
    await new TenantWriter(ctx.db, organizationId).insert("invitations", {
      ...{ email, language },
      firstName: normalizeName(person.firstName),
      lastName: normalizeName(person.lastName),
      role: "admin",
      tokenHash: await hashToken(token),
      studentIds: [],
      status: "open",
      createdAt: now,
      expiresAt: now + INVITATION_DAYS * DAY,
    });
    return { link: `${process.env.SITE_URL ?? ""}/invitation/${token}` };
  },
});
