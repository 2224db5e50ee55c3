import type { errors as en } from "../en/errors";
import type { Texts } from "../texts";

export const errors: Texts<typeof en> = {
  codes: {
    UNAUTHENTICATED:
      "Su sesión terminó. Inicie sesión otra vez: lo que escribió queda en este dispositivo.",
    SECOND_FACTOR_REQUIRED:
      "Su organización pide un segundo factor al iniciar sesión. Configúrelo en «Su cuenta» y continúe.",
    FORBIDDEN: "Puede ver esto, pero no cambiarlo.",
    NOT_FOUND: "Esto no existe o no está abierto para usted.",
    CONFLICT:
      "Alguien cambió esto mientras tanto. Vuelva a cargar la página; lo que escribió se conserva.",
    INVALID: "Algo de lo que se escribió no es correcto. Vea abajo.",
    LIMIT:
      "La suscripción de su organización no permite más. Leer y exportar sigue siendo posible.",
    RATE_LIMITED: "Demasiados intentos en poco tiempo. Espere un momento e inténtelo de nuevo.",
    UNKNOWN: "No funcionó. Revise la conexión e inténtelo de nuevo; no se guardó nada.",
  },
  limits: {
    users:
      "Su suscripción es para {{limit}} miembros del personal, incluidos los invitados. Termine una pertenencia o retire una invitación, o pida más. Las familias no cuentan nunca; leer y exportar sigue como antes.",
    students: "Su suscripción es para {{limit}} estudiantes. Leer y exportar sigue como antes.",
    points: "Se pueden importar como máximo {{limit}} observaciones a la vez. Divida el archivo.",
  },
  reasons: {
    othersSuggestions:
      "Este texto decidiría sobre la sugerencia de otra persona, y eso solo lo hace quien coordina el caso.",
    noSuchPeriod: "Ese período de informes ya no existe. Vuelva a cargar la página.",
    noGoals: "No hay metas sobre las que informar.",
    notTheIssued: "Solo se puede corregir el informe vigente, y una corrección a la vez.",
    reportIssued: "Este informe se emitió mientras tanto. Lo que dice ya solo se puede corregir.",
    reportDiscarded: "Este borrador se descartó mientras tanto. Retómelo para escribir en él.",
    reportBegunAnew: "Mientras tanto se empezó o se emitió otro informe de este período.",
    changedMeanwhile:
      "Otra persona guardó esto mientras usted escribía. Vuelva a cargar la página para verlo; lo que escribió se conserva.",
    alreadyWritten: "El borrador ya dice algo propio ahí. No se sobrescribió nada.",
    notTheSource: "Ahora está vigente otro plan. Vuelva a cargar la página para empezar con ese.",
    textUnsent:
      "Lo que escribió en el texto aún no ha llegado. Inténtelo de nuevo cuando tenga conexión; su comentario se queda aquí.",
    passageGone: "Estas palabras se quitaron del texto mientras tanto. Seleccione otras.",
    sectionFull: "En esta sección ya no cabe más.",
    notTalkedAbout: "Los comentarios terminan cuando un plan está listo para firmarse.",
    notADraft: "Solo se puede editar un borrador. Este plan ya avanzó.",
    notInForce: "Solo se enmienda un plan vigente.",
    amendmentOpen: "Ya se está escribiendo una enmienda de este plan. Ábrala o descártela primero.",
    amendsNotInForce:
      "Otro plan entró en vigor después de comenzar esta enmienda. Descártela y enmiende aquel.",
    notTheFinal: "Solo se firma la versión final. Abra la versión más reciente del plan.",
    notToSign: "El equipo volvió a trabajar en el plan. Le avisaremos cuando se pueda firmar.",
    stillADraft: "Un borrador se edita, no se corrige.",
    noVersion: "No se guarda ninguna versión de este plan, así que no hay nada que corregir.",
    tooManyQuestions:
      "Ya se escribió tanto sobre este plan que es mejor seguir hablando en persona.",
    iepNotActive: "Solo se registran datos de planes vigentes.",
    requestStep:
      "Este paso no se puede dar desde donde está la solicitud. Vuelva a cargar la página para verla.",
    tooManyConsents: "Ya hay muchos permisos vigentes. Retire uno primero o llame a la escuela.",
    tooManyStatements:
      "El expediente ya tiene todas las declaraciones que puede mostrar. Llame a la escuela.",
    tooManyRequests:
      "Hay muchas solicitudes esperando respuesta. Espere a que se respondan algunas o llame a la escuela.",
    goalClosed: "Esta meta se cerró. No se registró nada; su dato se conserva aquí.",
    iepIncomplete:
      "Al plan le falta algo que exige la ley. La lista del plan dice qué y lleva hasta allí; un administrador puede decidir seguir sin ello y dar el motivo.",
    fieldChangedMeanwhile: "Otra persona cambió esto entretanto. No se sobrescribió nada.",
    rowRemoved: "Otra persona quitó esta fila entretanto.",
    findingsChanged: "Ahora falta otra cosa. Lea la lista otra vez y después decida.",
    iepStatus: "El plan no puede dar este paso desde donde está.",
    iepWithoutGoals: "Un plan sin metas anuales no se puede activar. Agregue una meta primero.",
    enrollment: "Esta inscripción no se puede cambiar así.",
    isCaseManager:
      "La coordinadora o el coordinador de caso ya está en el equipo. Asigne primero a otra persona.",
    caseManagerIsAssigned: "Asigne la coordinación del caso con su botón.",
    ownMembership:
      "Nadie cambia su propia pertenencia. Pídalo a otra persona de la administración.",
    membershipEnded: "Esta pertenencia ha terminado. Invite de nuevo a la persona.",
    membershipNotActive: "Solo una pertenencia activa recibe otra función.",
    samePerson: "Elija a otra persona: esta es la que entrega.",
    otherWork:
      "Elija a alguien que haga el mismo tipo de trabajo: un proveedor por un proveedor, un auxiliar por un auxiliar.",
    notStaff: "Las familias y los estudiantes tienen su función por su relación con un estudiante.",
    documentRemoved: "Este documento se quitó.",
    tooManyDocuments:
      "El expediente tiene tantos documentos como puede mostrar. Quite uno primero.",
    tooManyRecords: "Son demasiados expedientes a la vez.",
    runWaits: "Otra lista espera o está en curso. Termínela o cancélela primero.",
    nothingDue: "Ningún expediente está por destruirse.",
    runNotPlanned: "Esta lista ya no está esperando.",
    runBegun: "La destrucción ya comenzó; no se puede cancelar.",
    studentHasAccount: "Este estudiante ya tiene una cuenta en uso. Termine primero esa membresía.",
    rightsWithGuardians: "Los derechos los tienen los tutores.",
    dependent: "El personal registró que el estudiante es dependiente; pregunte a la escuela.",
    guardianshipEnded: "Esta tutela ha terminado. Invite de nuevo a la persona.",
    ownSecondFactorFirst:
      "No se guardó nada: usted no tiene un segundo factor y se quedaría sin acceso. Configure primero el suyo en «Su cuenta» y después exíjalo.",
    singleSignOnFirst:
      "No se guardó nada: entre una vez con el inicio de sesión de su organización, para saber que funciona, y después rechace las contraseñas.",
    lastAdmin:
      "No se puede quitar a la última persona que administra el distrito. Invite primero a otra.",
    nothingAsked:
      "Otra persona ya decidió, o los datos ya no plantean ninguna pregunta. La página muestra la situación actual.",
    newerData:
      "Llegaron datos nuevos mientras escribía. Mire de nuevo la gráfica y decida después; lo que escribió se conserva.",
    sameObserver: "Quien registró la sesión no puede ser su segundo observador.",
    alreadyObserved: "Esta sesión ya tiene el registro de un segundo observador.",
    alreadyVoided: "Este dato ya se quitó o se corrigió.",
    alreadyUndone: "Esta importación ya se deshizo.",
    invitationAccepted: "Esta invitación ya se aceptó. Termine la membresía.",
    invitation_accepted: "Otra persona ya aceptó esta invitación.",
    invitation_expired: "Esta invitación venció. Pida otra.",
    invitation_revoked: "Esta invitación se retiró.",
  },
};
