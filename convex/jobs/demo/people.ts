/** The people of the demonstration: one district with three schools, and a foreign one. Addresses can receive no mail. */
import type { Role } from "../../domain/access/matrix";

export const SCHOOLS = {
  oakridge: "Oakridge Elementary School",
  riverbend: "Riverbend Middle School",
  summit: "Summit High School",
  harbor: "Harbor Elementary School",
} as const;
export type SchoolKey = keyof typeof SCHOOLS;

export type DistrictKey = "maple" | "lakeshore";
export const DISTRICTS: Record<DistrictKey, { name: string; schools: SchoolKey[] }> = {
  maple: { name: "Maple Valley School District", schools: ["oakridge", "riverbend", "summit"] },
  lakeshore: { name: "Lakeshore School District", schools: ["harbor"] },
};

export interface DemoPerson {
  key: string;
  firstName: string;
  lastName: string;
  district: DistrictKey;
  role: Role;
  /** Empty: the whole district. Several: one membership each. */
  schools: SchoolKey[];
  language: "en" | "es";
}

const person = (
  key: string,
  name: string,
  role: Role,
  schools: SchoolKey[],
  more: Partial<DemoPerson> = {},
): DemoPerson => {
  const [firstName = "", ...rest] = name.split(" ");
  return {
    ...{ key, firstName, role, schools },
    lastName: rest.join(" "),
    district: "maple",
    language: "en",
    ...more,
  };
};

/** `key` is also the e-mail's local part and the key of the words that describe the person. */
export const PEOPLE: readonly DemoPerson[] = [
  person("dana", "Dana Whitfield", "admin", []),
  person("marcus", "Marcus Bell", "admin", ["oakridge"]),
  person("priya", "Priya Raman", "teacher", ["oakridge"]),
  person("tom", "Tom Okafor", "teacher", ["oakridge"]),
  person("sam", "Sam Whitehorse", "teacher", ["riverbend"]),
  person("grace", "Grace Liu", "teacher", ["summit"]),
  person("elena", "Elena Petrova", "specialist", ["oakridge", "riverbend"]),
  person("jo", "Jo Sandoval", "paraprofessional", ["oakridge"]),
  person("karen", "Karen Doyle", "parent", []),
  person("rosa", "Rosa Jiménez", "parent", [], { language: "es" }),
  person("yusuf", "Yusuf Hassan", "parent", []),
  person("amir", "Amir Hassan", "student", ["summit"]),
  person("olivia", "Olivia Stone", "admin", [], { district: "lakeshore" }),
  person("ben", "Ben Adler", "teacher", ["harbor"], { district: "lakeshore" }),
];

export const emailOf = ({ key, district }: Pick<DemoPerson, "key" | "district">): string =>
  `${key}@${district}.example`;
