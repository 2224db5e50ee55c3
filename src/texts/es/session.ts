import type { session as en } from "../en/session";
import type { Texts } from "../texts";

export const session: Texts<typeof en> = {
  tagline: "Planes escritos en equipo. Avances que deciden.",
  language: "Idioma",
  signIn: "Iniciar sesión",
  signOut: "Cerrar sesión",
  email: "Correo electrónico",
  password: "Contraseña",
  showPassword: "Mostrar u ocultar la contraseña",
  forgotPassword: "¿Olvidó su contraseña?",
  forgotText:
    "Escriba su correo electrónico. Le enviaremos un enlace para elegir una contraseña nueva.",
  sendLink: "Enviar el enlace",
  resetSent:
    "Si {{email}} tiene una cuenta, el enlace está en camino. Sirve durante una hora. Si no llega, revise la dirección y la carpeta de correo no deseado.",
  backToSignIn: "Volver a iniciar sesión",
  newPassword: "Contraseña nueva",
  savePassword: "Guardar la contraseña",
  passwordRule: "Al menos {{min}} caracteres. Varias palabras seguidas son fáciles de recordar.",
  passwordChanged: "Su contraseña cambió. Inicie sesión.",
  resetEndsSessions: "Al guardar se cierra la sesión en todos los dispositivos.",
  askForNewLink: "Pedir otro enlace",
  authErrors: {
    wrongPassword:
      "El correo y la contraseña no coinciden. Revise los dos o elija una contraseña nueva.",
    wrongCurrentPassword: "La contraseña actual no es correcta.",
    linkExpired: "Este enlace ya no sirve. Pida otro.",
    notInvited:
      "Para tener una cuenta hace falta una invitación. Abra otra vez el enlace de su invitación.",
    weakPassword: "Esta contraseña es muy fácil de adivinar. Elija una más larga.",
    accountExists: "Ya hay una cuenta con este correo. Inicie sesión con su contraseña.",
    wrongCode: "Este código no es correcto. Escriba el que muestra ahora la aplicación.",
    wrongBackupCode: "Este código de respaldo no es correcto o ya se usó.",
    codeUsed: "Cada código vale una sola vez. Espere el siguiente y escríbalo.",
    secondFactorIsOn:
      "Su cuenta ya tiene un segundo factor. Desactívelo primero y configure después el nuevo.",
    startAgain: "Pasó demasiado tiempo o hubo demasiados códigos erróneos. Inicie sesión otra vez.",
    singleSignOnRequired:
      "Las direcciones de este dominio inician sesión en su organización: use «Continuar con …».",
    singleSignOnRefused:
      "El inicio de sesión de su organización no le abre Trellis. Hace falta una invitación a esta dirección; quien trabaja para varias organizaciones usa la contraseña.",
    singleSignOnFailed:
      "No se pudo completar el inicio de sesión de su organización. Inténtelo de nuevo; si continúa, avise a su organización.",
    tooMany: "Demasiados intentos. Espere un minuto e inténtelo de nuevo.",
    tooManyMinutes_one:
      "Demasiados intentos. Espere un minuto y vuelva a intentarlo, o establezca una contraseña nueva.",
    tooManyMinutes_other:
      "Demasiados intentos. Espere {{count}} minutos y vuelva a intentarlo, o establezca una contraseña nueva.",
    unreachable: "No se pudo iniciar la sesión. Revise la conexión e inténtelo de nuevo.",
  },
  secondFactor: {
    title: "Su código",
    text: "Escriba el código que su aplicación de autenticación muestra para Trellis.",
    code: "Código de seis cifras",
    useBackup: "¿No tiene el teléfono a mano? Use un código de respaldo",
    backupText: "Escriba uno de los códigos de respaldo que guardó. Cada uno sirve una vez.",
    backupCode: "Código de respaldo",
    useApp: "Usar el código de la aplicación",
  },
  singleSignOn: {
    continueWith: "Continuar con {{organization}}",
    text: "Su organización inicia la sesión; aquí no hace falta contraseña.",
  },
  idle: {
    title: "¿Sigue ahí?",
    text: "No se hizo nada durante un rato, así que se cerrará la sesión en un minuto. Lo que escribió queda guardado.",
    seconds_one: "{{count}} segundo",
    seconds_other: "{{count}} segundos",
    stay: "Seguir con la sesión",
  },
  noMembership: {
    title: "Todavía no pertenece a una organización",
    text: "Abra el enlace de su invitación. Si antes tenía acceso, ha terminado: pregunte en su escuela o distrito.",
  },
  invitation: {
    title: "Su invitación",
    text: "{{name}}, {{organization}} le invita a Trellis ({{role}}).",
    choosePassword: "Elija una contraseña para {{email}}.",
    signInAs: "{{email}} ya tiene una cuenta. Inicie sesión con su contraseña.",
    createAccount: "Crear la cuenta",
    accept: "Aceptar y comenzar",
    otherAccount: "Esta invitación es para {{email}}. Cierre la sesión y abra el enlace otra vez.",
    toTrellis: "Ir a Trellis",
    closed: {
      accepted: "Esta invitación ya se aceptó. Inicie sesión como siempre.",
      expired: "Esta invitación venció. Pida otra.",
      revoked: "Esta invitación se retiró. Pregunte a la organización que la envió.",
      unknown: "Este enlace no es una invitación. Revise que se haya copiado completo.",
      open: "Esta invitación está abierta.",
    },
  },
  demo: {
    title: "Conozca Trellis como …",
    text: "Esta es una demostración con personas inventadas. Un clic inicia la sesión.",
    people: {
      dana: "Administra el distrito",
      marcus: "Administra la escuela primaria Oakridge",
      priya: "Maestra de educación especial y coordinadora de casos, Oakridge",
      tom: "Maestro de grupo, Oakridge",
      sam: "Maestro y coordinador de casos, secundaria Riverbend",
      grace: "Maestra y coordinadora de casos, preparatoria Summit",
      elena: "Terapeuta del habla en dos escuelas",
      jo: "Paraprofesional, Oakridge",
      karen: "Madre de Maya y Leo",
      rosa: "Madre de Mateo, lee en español",
      yusuf: "Padre de Amir",
      amir: "Estudiante de 16 años",
      olivia: "Administra otro distrito",
      ben: "Maestro en otro distrito",
    },
  },
};
