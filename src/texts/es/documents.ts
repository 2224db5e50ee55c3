import type { documents as en } from "../en/documents";
import type { Texts } from "../texts";

export const documents: Texts<typeof en> = {
  panel: "Documentos",
  none: "Aquí no hay documentos.",
  add: "Agregar un documento",
  addHelp:
    "Un PDF, una foto (PNG, JPEG), una carta (Word, OpenDocument) o texto simple, de 20 MB como máximo. La familia lo ve cuando se comparte con ella.",
  file: "Archivo",
  choose: "Elegir un archivo",
  noFile: "Ningún archivo elegido",
  title: "Qué es",
  kind: "Tipo",
  kinds: {
    courtOrder: "orden judicial",
    evaluation: "evaluación",
    medical: "carta médica",
    correspondence: "correspondencia",
    other: "otro",
  },
  upload: "Subir",
  sending: "Enviando, {{percent}} % …",
  added: "El documento está en el expediente.",
  kilobytes: "{{size}} KB",
  megabytes: "{{size}} MB",
  addedBy: "agregado por {{name}}, {{when}}",
  confidential: "Confidencial",
  confidentialHelp: "Solo lo leen la persona a cargo del caso y la administración.",
  shared: "Compartido con la familia",
  download: "Descargar",
  actionsFor: "Acciones para {{title}}",
  share: "Compartir con la familia",
  unshare: "Dejar de compartir con la familia",
  sharedDone: "Ahora la familia puede leerlo.",
  unsharedDone: "La familia ya no puede leerlo.",
  mark: "Marcar como confidencial",
  unmark: "Ya no es confidencial",
  markedDone:
    "Ahora solo lo leen la persona a cargo del caso y la administración. Ya no se comparte.",
  openedDone: "Ahora el equipo puede leerlo.",
  remove: "Quitar",
  removeHelp:
    "El archivo se borra y no se puede recuperar. En el expediente queda que estuvo aquí, quién lo quitó y por qué.",
  reason: "Por qué",
  removed: "Quitado",
  removedBy: "Quitado por {{name}}, {{when}}:",
  removedDone: "El archivo se borró.",
};
