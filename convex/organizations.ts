/** The acting organization: its settings, which hold for all its schools, and who changed them. */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { internal } from "./_generated/api";
import { organizationAbilities, vAbilities } from "./access/abilities";
import { conflict, requireValid } from "./access/errors";
import { may, memberMutation, memberQuery } from "./access/functions";
import { checkSettings, diffSettings, requiresSecondFactor } from "./domain/organizations/settings";
import { checkEmail, checkPhone } from "./domain/people/person";
import { checkText, LIMITS, normalizeName } from "./domain/validation/problem";
import { mapPage, vPage } from "./model/pages";
import { fullName } from "./model/people";
import {
  vAddress,
  vContactInfo,
  vOrganizationSettings,
  vOrganizationType,
  vSettingsChange,
} from "./tables/organizations";

const ABILITIES = [
  "organization.editSettings",
  "organization.addSchool",
  "identityProvider.manage",
] as const;

/** `settings` is null for those who see address, contact and calendar only. */
export const getOrganization = memberQuery({
  access: "organization.readContact",
  args: {},
  returns: v.object({
    _id: v.id("organizations"),
    name: v.string(),
    type: vOrganizationType,
    address: vAddress,
    contactInfo: vContactInfo,
    timezone: v.string(),
    academicYear: v.object({ start: v.string(), end: v.string() }),
    settings: v.union(v.null(), vOrganizationSettings),
    settingsVersion: v.number(),
    schools: v.array(v.object({ _id: v.id("organizations"), name: v.string() })),
    abilities: vAbilities(ABILITIES),
  }),
  handler: async ({ db, acting }) => {
    const { _id, name, type, address, contactInfo, settings, settingsVersion } =
      acting.organization;
    const schools = await db.schools();
    return {
      ...{ _id, name, type, address, contactInfo, settingsVersion },
      timezone: settings.timezone,
      academicYear: settings.academicYear,
      settings: may(acting, "organization.readSettings") ? settings : null,
      schools: schools.map((school) => ({ _id: school._id, name: school.name })),
      abilities: organizationAbilities(acting, ABILITIES),
    };
  },
});

/**
 * Writes the changed fields into the history. `expectedVersion` is that of the settings that the person edited.
 * @throws INVALID, CONFLICT if somebody else saved meanwhile, or if they ask for a second factor and have none
 */
export const changeSettings = memberMutation({
  access: "organization.editSettings",
  args: { settings: vOrganizationSettings, expectedVersion: v.number() },
  returns: v.object({ version: v.number(), changed: v.number() }),
  handler: async ({ db, acting, now, scheduler }, { settings, expectedVersion }) => {
    const { settings: before, settingsVersion } = acting.organization;
    requireValid(checkSettings(settings));
    const changes = diffSettings(before, settings);
    if (changes.length === 0) return { version: settingsVersion, changed: 0 };
    if (settingsVersion !== expectedVersion) throw conflict("changedMeanwhile");
    // Who asks others for it and has none would be shut out by their own save.
    if (requiresSecondFactor(settings, acting.membership.role) && !acting.hasSecondFactor)
      throw conflict("ownSecondFactorFirst");
    const version = settingsVersion + 1;
    await db.patchOrganization({ settings, settingsVersion: version });
    await db.insert("settingsChanges", { changedBy: acting.user._id, changedAt: now, changes });
    if (changes.some(({ field }) => field === "complianceSettings.ageOfMajority"))
      await scheduler.runAfter(0, internal.jobs.majority.passRightsIn, {
        ...{ organizationId: acting.organization._id, cursor: null },
      });
    return { version, changed: changes.length };
  },
});

/** Newest first. */
export const listSettingsChanges = memberQuery({
  access: "organization.readSettings",
  args: { paginationOpts: paginationOptsValidator },
  returns: vPage(
    v.object({
      _id: v.id("settingsChanges"),
      changedByName: v.string(),
      changedAt: v.number(),
      changes: v.array(vSettingsChange),
    }),
  ),
  handler: async ({ db }, { paginationOpts }) =>
    mapPage(
      await db.rows("settingsChanges", "by_organization").order("desc").paginate(paginationOpts),
      async ({ _id, changedBy, changedAt, changes }) => ({
        ...{ _id, changedAt, changes },
        changedByName: await fullName(db, changedBy),
      }),
    ),
});

/** @throws INVALID */
export const addSchool = memberMutation({
  access: "organization.addSchool",
  args: {
    name: v.string(),
    street: v.string(),
    city: v.string(),
    state: v.string(),
    zipCode: v.string(),
    phone: v.string(),
    email: v.string(),
  },
  returns: v.id("organizations"),
  handler: async ({ db, acting }, { name, street, city, state, zipCode, phone, email }) => {
    const place = { street, city, state, zipCode };
    requireValid([
      ...checkText("name", name, { required: true, max: LIMITS.title }),
      ...Object.entries(place).flatMap(([field, value]) =>
        checkText(field, value, { required: true, max: LIMITS.title }),
      ),
      ...checkPhone("phone", phone),
      ...checkEmail("email", email),
    ]);
    const { settings, subscriptionTier, maxUsers, maxStudents, address } = acting.organization;
    const schools = await db.schools();
    const normalized = normalizeName(name);
    requireValid(
      schools.some((school) => school.name === normalized)
        ? [{ field: "name", code: "duplicate" }]
        : [],
    );
    return db.insertSchool({
      name: normalized,
      address: { ...place, country: address.country },
      contactInfo: { phone, email },
      ...{ settings, subscriptionTier, maxUsers, maxStudents },
      settingsVersion: 1,
      isActive: true,
    });
  },
});
