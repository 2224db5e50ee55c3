/**
 * Mail to people of a team who were mentioned in a comment, in the reader's language. No name of a student, no word of
 * the comment: mailboxes are not part of the record.
 */
import type { Id } from "../_generated/dataModel";
import type { TenantWriter } from "../access/tenantDb";
import type { SectionKey } from "../domain/ieps/sections";
import { type Language, siteAddress } from "./mail";
import { fullName, membershipWithRole } from "./people";

const TEXTS: Record<
  Language,
  { subject: (name: string) => string; text: (name: string, link: string) => string }
> = {
  en: {
    subject: (name) => `${name} mentioned you in a comment`,
    text: (name, link) =>
      `${name} mentioned you in a comment on a plan (IEP) that you write together.\n\nSign in to read it:\n${link}`,
  },
  es: {
    subject: (name) => `${name} le mencionó en un comentario`,
    text: (name, link) =>
      `${name} le mencionó en un comentario sobre un plan (IEP) que redactan en equipo.\n\nInicie sesión para leerlo:\n${link}`,
  },
};

/** Whoever mentions themselves is told nothing. */
export async function tellMentioned(
  db: TenantWriter,
  userIds: readonly Id<"users">[],
  {
    by,
    iepId,
    sectionKey,
    now,
  }: { by: Id<"users">; iepId: Id<"ieps">; sectionKey: SectionKey; now: number },
): Promise<void> {
  const name = await fullName(db, by);
  const link = siteAddress(`/ieps/${iepId}/write?section=${sectionKey}`);
  for (const userId of userIds) {
    if (userId === by) continue;
    if ((await membershipWithRole(db, userId, ["teacher", "specialist", "admin"])) === null)
      continue;
    const reader = await db.person(userId);
    if (!reader.isActive) continue;
    const { subject, text } = TEXTS[reader.preferences.language];
    await db.insertMail({
      ...{ to: reader.email, subject: subject(name), text: text(name, link), link, sentAt: now },
    });
  }
}
