/**
 * Mail about the life of a plan: to the family when there is something to read, to sign or to know, to the case manager
 * when the family asks or signs. In the reader's language; no name of a student, no word of the plan.
 */
import type { Id } from "../_generated/dataModel";
import type { StudentContext } from "../access/functions";
import type { TenantWriter } from "../access/tenantDb";
import { type Language, siteAddress } from "./mail";
import { membershipWithRole } from "./people";
import { familyOf } from "./rightsNotices";

type News = "shared" | "answered" | "toSign" | "inForce" | "corrected" | "asked" | "signed";

const TEXTS: Record<Language, Record<News, { subject: string; text: string }>> = {
  en: {
    shared: {
      subject: "A draft plan is ready for you to read",
      text: "The school shared a draft of a plan (IEP) with you. Nothing is decided yet. You can ask about each part before the meeting.",
    },
    answered: {
      subject: "Your question was answered",
      text: "The school answered a question about the plan (IEP).",
    },
    toSign: {
      subject: "A plan is ready to be signed",
      text: "A plan (IEP) is ready. Please read it. You can agree, agree with a part, or not agree.",
    },
    inForce: {
      subject: "A plan is in force",
      text: "A plan (IEP) is in force from now on.",
    },
    corrected: {
      subject: "A typing error in a plan was put right",
      text: "A typing error in the plan (IEP) was put right. The page shows what it said before, what it says now, and why.",
    },
    asked: {
      subject: "A family asks about a plan",
      text: "A family wrote something about a draft plan that you shared.",
    },
    signed: {
      subject: "A plan was signed",
      text: "Somebody signed a plan. The page shows who, and with what they agree.",
    },
  },
  es: {
    shared: {
      subject: "Hay un borrador del plan para leer",
      text: "La escuela compartió con usted un borrador de un plan (IEP). Todavía no se ha decidido nada. Puede preguntar sobre cada parte antes de la reunión.",
    },
    answered: {
      subject: "Respondieron a su pregunta",
      text: "La escuela respondió a una pregunta sobre el plan (IEP).",
    },
    toSign: {
      subject: "Hay un plan listo para firmar",
      text: "Un plan (IEP) está listo. Por favor, léalo. Puede aceptarlo, aceptar una parte o no aceptarlo.",
    },
    inForce: {
      subject: "Un plan está en vigor",
      text: "Un plan (IEP) está en vigor desde ahora.",
    },
    corrected: {
      subject: "Se corrigió un error de escritura en un plan",
      text: "Se corrigió un error de escritura en el plan (IEP). La página muestra qué decía antes, qué dice ahora y por qué.",
    },
    asked: {
      subject: "Una familia pregunta sobre un plan",
      text: "Una familia escribió algo sobre un borrador de plan que usted compartió.",
    },
    signed: {
      subject: "Se firmó un plan",
      text: "Alguien firmó un plan. La página muestra quién y con qué está de acuerdo.",
    },
  },
};
const READ = { en: "Sign in to read it:", es: "Inicie sesión para leerlo:" } as const;

type Context = StudentContext<TenantWriter> & { now: number };

/** To whoever reads for the student, except whoever did it. */
export async function tellFamilyOfPlan(
  ctx: Context,
  news: News,
  versionId: Id<"iepVersions">,
): Promise<void> {
  const path = `/students/${ctx.student._id}/versions/${versionId}`;
  await send(ctx, await familyOf(ctx), { news, path, roles: ["parent", "student"] });
}

export async function tellCaseManager(ctx: Context, news: News, iepId: Id<"ieps">): Promise<void> {
  const { caseManagerId } = ctx.student;
  const readers = caseManagerId === undefined ? [] : [caseManagerId];
  await send(ctx, readers, { news, path: `/ieps/${iepId}`, roles: ["teacher", "specialist"] });
}

async function send(
  { db, acting, now }: Context,
  readers: readonly Id<"users">[],
  {
    news,
    path,
    roles,
  }: { news: News; path: string; roles: Parameters<typeof membershipWithRole>[2] },
): Promise<void> {
  for (const userId of new Set(readers)) {
    if (userId === acting.user._id) continue;
    if ((await membershipWithRole(db, userId, roles)) === null) continue;
    const reader = await db.person(userId);
    if (!reader.isActive) continue;
    const { language } = reader.preferences;
    const { subject, text } = TEXTS[language][news];
    const link = siteAddress(path);
    await db.insertMail({
      ...{ to: reader.email, subject, link, sentAt: now },
      text: `${text}\n\n${READ[language]}\n${link}`,
    });
  }
}
