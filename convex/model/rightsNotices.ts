/**
 * Mail about families' rights: to the family when something changes, to those who answer when something comes in. In the
 * reader's language; no name of a student, no word of what was asked: mailboxes are not part of the record.
 */
import type { Doc, Id } from "../_generated/dataModel";
import type { StudentContext } from "../access/functions";
import { byTheCalendar } from "../access/rightsHolder";
import type { TenantWriter } from "../access/tenantDb";
import type { RequestKind, RequestState } from "../domain/rights/requests";
import { membershipWithRole } from "./people";
import { siteAddress, type Language, type Mail } from "./mail";

/** Nobody has more guardians, and no organization tells more administrators. */
const FAMILY = 20;
const ADMINS = 50;

export type Notice =
  | { about: RequestKind; state: RequestState }
  | { about: "consent"; state: "given" | "revoked" | "disclosed" }
  | { about: "statement"; state: "placed" };

type Words = Record<RequestKind | "consent" | "statement", string> & {
  subject: { family: string; staff: string };
  text: (notice: { what: string; state: string; link: string }) => string;
  states: Record<Notice["state"], string>;
};

const TEXTS: Record<Language, Words> = {
  en: {
    inspection: "the request to see the school record",
    amendment: "the request to change the school record",
    destruction: "the request to destroy information",
    consent: "the permission to share information",
    statement: "the family's statement",
    subject: {
      family: "News about your rights in Trellis",
      staff: "A family's request in Trellis",
    },
    text: ({ what, state, link }) =>
      `This is about ${what}.\n\n${state}\n\nSign in to read everything, and what can be done next:\n${link}`,
    states: {
      informed:
        "The school needs some information no longer. You may ask that it is destroyed; you need not.",
      received: "It was received. The days are being counted.",
      scheduled: "There is a date for it.",
      provided: "The record was shown, or a copy was given.",
      agreed: "The school agrees and will change the record.",
      refused:
        "The school does not agree, and says why. If it is about changing the record, the family has a right to a hearing and may place a statement in the record.",
      hearingRequested: "A hearing was asked for. The days are being counted.",
      hearingHeld: "The hearing was held. A decision follows.",
      hearingAgreed: "The hearing decided that the record has to be changed.",
      hearingRefused:
        "The hearing decided that the record stays as it is. The family may place a statement in the record.",
      approved: "It was approved. What may be kept for good is kept; the rest will be destroyed.",
      closed: "It is done and closed.",
      withdrawn: "It was withdrawn.",
      given: "Permission was given. It can be taken back at any time.",
      revoked: "Permission was taken back. Nothing more may be shared under it.",
      disclosed: "Information was shared under it.",
      placed: "It was placed in the record.",
    },
  },
  es: {
    inspection: "la solicitud de ver el expediente escolar",
    amendment: "la solicitud de cambiar el expediente escolar",
    destruction: "la solicitud de destruir información",
    consent: "el permiso para compartir información",
    statement: "la declaración de la familia",
    subject: {
      family: "Noticias sobre sus derechos en Trellis",
      staff: "Una solicitud de una familia en Trellis",
    },
    text: ({ what, state, link }) =>
      `Se trata de ${what}.\n\n${state}\n\nInicie sesión para leerlo todo y ver qué se puede hacer ahora:\n${link}`,
    states: {
      informed:
        "La escuela ya no necesita cierta información. Puede pedir que se destruya; no es obligatorio.",
      received: "Se recibió. Los días se están contando.",
      scheduled: "Ya tiene fecha.",
      provided: "Se mostró el expediente o se dio una copia.",
      agreed: "La escuela está de acuerdo y cambiará el expediente.",
      refused:
        "La escuela no está de acuerdo y dice por qué. Si se trata de cambiar el expediente, la familia tiene derecho a una audiencia y puede poner una declaración en el expediente.",
      hearingRequested: "Se pidió una audiencia. Los días se están contando.",
      hearingHeld: "La audiencia tuvo lugar. Sigue una decisión.",
      hearingAgreed: "La audiencia decidió que hay que cambiar el expediente.",
      hearingRefused:
        "La audiencia decidió que el expediente queda como está. La familia puede poner una declaración en el expediente.",
      approved: "Se aprobó. Lo que se puede guardar para siempre se guarda; lo demás se destruirá.",
      closed: "Está hecho y cerrado.",
      withdrawn: "Se retiró.",
      given: "Se dio permiso. Se puede retirar en cualquier momento.",
      revoked: "Se retiró el permiso. Ya no se puede compartir nada más con él.",
      disclosed: "Se compartió información con este permiso.",
      placed: "Se puso en el expediente.",
    },
  },
};

export function rightsMail(
  reader: Pick<Doc<"users">, "email" | "preferences">,
  notice: Notice & { audience: "family" | "staff"; path: string },
  sentAt: number,
): Mail {
  const words = TEXTS[reader.preferences.language];
  const link = siteAddress(notice.path);
  return {
    to: reader.email,
    subject: words.subject[notice.audience],
    text: words.text({ what: words[notice.about], state: words.states[notice.state], link }),
    ...{ link, sentAt },
  };
}

type Context = StudentContext<TenantWriter> & { now: number };

const ROLES_OF = {
  family: ["parent", "student"],
  staff: ["admin", "teacher", "specialist"],
} as const;

/** Everybody in the family who holds the rights or reads on. */
export async function familyOf({
  db,
  student,
}: Pick<Context, "db" | "student">): Promise<Id<"users">[]> {
  const guardianships = await db
    .rows("guardianships", "by_student", (q) =>
      q.eq("studentId", student._id).eq("status", "active"),
    )
    .take(FAMILY);
  const { rightsHolder, userId: own } = await byTheCalendar(db, student);
  const passed = rightsHolder === "student";
  const readers = guardianships
    .filter(
      ({ hasEducationalRights, readsAs }) =>
        hasEducationalRights && (!passed || readsAs !== undefined),
    )
    .map(({ userId }) => userId);
  if (passed && own !== undefined) readers.push(own);
  return readers;
}

/** To the family, except whoever did it. */
export async function tellFamily(ctx: Context, notice: Notice): Promise<void> {
  await send(ctx, await familyOf(ctx), { ...notice, audience: "family" });
}

/** To the administrators of the organization and of the student's school and to the case manager. */
export async function tellStaff(ctx: Context, notice: Notice): Promise<void> {
  const { db, student } = ctx;
  const admins = await db
    .rows("memberships", "by_organization_role", (q) =>
      q.eq("role", "admin").eq("status", "active"),
    )
    .take(ADMINS);
  const readers = admins
    .filter(({ schoolId }) => schoolId === undefined || schoolId === student.schoolId)
    .map(({ userId }) => userId);
  if (student.caseManagerId !== undefined) readers.push(student.caseManagerId);
  await send(ctx, readers, { ...notice, audience: "staff" });
}

async function send(
  { db, acting, student, now }: Context,
  readers: readonly Id<"users">[],
  notice: Notice & { audience: "family" | "staff" },
): Promise<void> {
  const path = `/students/${student._id}/rights`;
  for (const userId of new Set(readers)) {
    if (userId === acting.user._id) continue;
    // Whoever left hears of nothing any more.
    if ((await membershipWithRole(db, userId, ROLES_OF[notice.audience])) === null) continue;
    const reader = await db.person(userId);
    if (reader.isActive) await db.insertMail(rightsMail(reader, { ...notice, path }, now));
  }
}
