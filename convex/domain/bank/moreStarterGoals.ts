/** More goals to begin with (`starterGoals`). */
import { type BankGoal, goal, OFTEN, SEGUIDO } from "./starterGoal";

export const MORE_STARTER_GOALS: readonly BankGoal[] = [
  goal(
    "academic",
    "trials",
    [
      "Given ten unfamiliar words of one syllable, {student} will read each aloud by sounding it out.",
      OFTEN,
    ],
    [
      "Dadas diez palabras nuevas de una sílaba, {student} leerá cada una en voz alta uniendo sus sonidos.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "trials",
    [
      "Given a {grade} story, {student} will retell the beginning, the problem, the events and the ending in order.",
      OFTEN,
    ],
    [
      "Dado un cuento de nivel {grade}, {student} contará en orden el comienzo, el problema, los hechos y el final.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "trials",
    [
      "Given two {grade} texts on one topic, {student} will name two things that both say and one that only one says.",
      OFTEN,
    ],
    [
      "Dados dos textos de nivel {grade} sobre un tema, {student} nombrará dos cosas que ambos dicen y una que dice solo uno.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "maze",
    [
      "Given a {grade} maze passage, {student} will circle the words that fit for three minutes.",
      OFTEN,
    ],
    [
      "Dado un texto de selección de nivel {grade}, {student} encerrará en un círculo las palabras que corresponden durante tres minutos.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "percent",
    [
      "Given twenty spelling words with patterns that were taught, {student} will write the words from dictation.",
      OFTEN,
    ],
    [
      "Dadas veinte palabras con reglas ya enseñadas, {student} escribirá las palabras al dictado.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "workSample",
    [
      "Given a text and a question, {student} will write an answer that states a claim and quotes two sentences for it.",
      OFTEN,
    ],
    [
      "Dado un texto y una pregunta, {student} escribirá una respuesta con una afirmación y dos citas que la apoyan.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "trials",
    [
      "Given fractions with different denominators, {student} will order them and draw a model for each.",
      OFTEN,
    ],
    [
      "Dadas fracciones con distinto denominador, {student} ordenará las fracciones y dibujará un modelo de cada una.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "trials",
    ["Given equations with one unknown, {student} will solve them and write each step.", OFTEN],
    [
      "Dadas ecuaciones con una incógnita, {student} resolverá cada una y escribirá cada paso.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "trials",
    ["Shown analog and digital clocks, {student} will say the time to five minutes.", OFTEN],
    [
      "Al ver relojes de agujas y digitales, {student} dirá la hora con precisión de cinco minutos.",
      SEGUIDO,
    ],
  ),
  goal(
    "communication",
    "trials",
    [
      "Given pictures of actions, {student} will say a full sentence with a subject, a verb and an object.",
      OFTEN,
    ],
    [
      "Dadas imágenes de acciones, {student} dirá una oración completa con sujeto, verbo y objeto.",
      SEGUIDO,
    ],
  ),
  goal(
    "communication",
    "count",
    [
      "During a structured activity of 15 minutes, {student} will request items or actions with a device or pictures.",
      OFTEN,
    ],
    [
      "Durante una actividad estructurada de 15 minutos, {student} pedirá objetos o acciones con un dispositivo o con imágenes.",
      SEGUIDO,
    ],
    { unit: "requests" },
  ),
  goal(
    "communication",
    "trials",
    [
      "Given {grade} science words, {student} will define each word and use it in a sentence.",
      OFTEN,
    ],
    [
      "Dadas palabras de ciencias de nivel {grade}, {student} definirá cada palabra y la usará en una oración.",
      SEGUIDO,
    ],
  ),
  goal(
    "communication",
    "percent",
    [
      "During a reading of two minutes, {student} will speak with the fluency techniques that were taught.",
      OFTEN,
    ],
    [
      "Durante una lectura de dos minutos, {student} hablará con las técnicas de fluidez que aprendió.",
      SEGUIDO,
    ],
  ),
  goal(
    "communication",
    "trials",
    [
      "After hearing a story of one minute, {student} will answer questions about what was said and what may come next.",
      OFTEN,
    ],
    [
      "Después de escuchar un relato de un minuto, {student} contestará preguntas sobre lo dicho y lo que puede seguir.",
      SEGUIDO,
    ],
  ),
  goal(
    "behavioral",
    "count",
    ["During a school day, {student} will leave the assigned area without permission.", OFTEN],
    ["Durante un día de clases, {student} saldrá del área asignada sin permiso.", SEGUIDO],
    { direction: "decrease", unit: "times" },
  ),
  goal(
    "behavioral",
    "trials",
    [
      "When told to change activities, {student} will put materials away and move to the next place within two minutes.",
      OFTEN,
    ],
    [
      "Cuando se indique cambiar de actividad, {student} guardará los materiales e irá al lugar siguiente en dos minutos.",
      SEGUIDO,
    ],
  ),
  goal(
    "behavioral",
    "trials",
    [
      "Given a break card, {student} will show the card and return to work after a break of three minutes.",
      OFTEN,
    ],
    [
      "Dada una tarjeta de descanso, {student} mostrará la tarjeta y volverá al trabajo tras un descanso de tres minutos.",
      SEGUIDO,
    ],
  ),
  goal(
    "behavioral",
    "percent",
    [
      "Given a checklist of four expectations, {student} will mark whether each was met in the same way as the teacher.",
      OFTEN,
    ],
    [
      "Dada una lista de cuatro expectativas, {student} marcará si cumplió cada una igual que su docente.",
      SEGUIDO,
    ],
  ),
  goal(
    "behavioral",
    "trials",
    [
      "When given a direction by an adult, {student} will begin to follow it within one minute and without a reminder.",
      OFTEN,
    ],
    [
      "Cuando un adulto dé una indicación, {student} empezará a seguirla en un minuto y sin recordatorio.",
      SEGUIDO,
    ],
  ),
  goal(
    "social",
    "trials",
    ["During group work, {student} will state an idea and ask one classmate for theirs.", OFTEN],
    [
      "Durante el trabajo en grupo, {student} dirá una idea y pedirá la suya a un compañero.",
      SEGUIDO,
    ],
  ),
  goal(
    "social",
    "count",
    [
      "At recess of 20 minutes, {student} will invite a classmate to play or join a game by asking.",
      OFTEN,
    ],
    [
      "En un recreo de 20 minutos, {student} invitará a un compañero a jugar o pedirá entrar en un juego.",
      SEGUIDO,
    ],
    { unit: "times" },
  ),
  goal(
    "social",
    "trials",
    [
      "Shown photos and short scenes, {student} will name the feeling and point to what shows it.",
      OFTEN,
    ],
    [
      "Al ver fotos y escenas breves, {student} nombrará la emoción y señalará lo que la muestra.",
      SEGUIDO,
    ],
  ),
  goal(
    "social",
    "trials",
    [
      "When losing a game, {student} will say a friendly sentence and stay for the next round.",
      OFTEN,
    ],
    [
      "Al perder un juego, {student} dirá una frase amable y se quedará para la siguiente ronda.",
      SEGUIDO,
    ],
  ),
  goal(
    "motor",
    "trials",
    [
      "Given buttons, zippers and snaps on own clothes, {student} will close each without help.",
      OFTEN,
    ],
    [
      "Dados botones, cierres y broches en su propia ropa, {student} cerrará cada uno sin ayuda.",
      SEGUIDO,
    ],
  ),
  goal(
    "motor",
    "rate",
    [
      "Given a {grade} text on a screen, {student} will type it on a keyboard for three minutes.",
      OFTEN,
    ],
    [
      "Dado un texto de nivel {grade} en pantalla, {student} escribirá el texto con el teclado durante tres minutos.",
      SEGUIDO,
    ],
    { unit: "words per minute" },
  ),
  goal(
    "motor",
    "trials",
    ["On stairs with a rail, {student} will walk up and down with one foot on each step.", OFTEN],
    [
      "En una escalera con barandal, {student} subirá y bajará con un pie en cada escalón.",
      SEGUIDO,
    ],
  ),
  goal(
    "motor",
    "trials",
    ["From a distance of ten feet, {student} will catch a ball with both hands.", OFTEN],
    ["Desde una distancia de tres metros, {student} atrapará una pelota con ambas manos.", SEGUIDO],
  ),
  goal(
    "adaptive",
    "taskAnalysis",
    ["In the restroom, {student} will complete the steps of washing hands.", OFTEN],
    ["En el baño, {student} completará los pasos para lavarse las manos.", SEGUIDO],
  ),
  goal(
    "adaptive",
    "taskAnalysis",
    [
      "Given a shopping list of five items and money, {student} will find the items and pay for them.",
      OFTEN,
    ],
    [
      "Dada una lista de cinco compras y dinero, {student} encontrará los artículos y los pagará.",
      SEGUIDO,
    ],
  ),
  goal(
    "adaptive",
    "trials",
    ["At street crossings, {student} will stop, look both ways and cross when it is clear.", OFTEN],
    [
      "En los cruces de calle, {student} se detendrá, mirará a ambos lados y cruzará cuando esté libre.",
      SEGUIDO,
    ],
  ),
  goal(
    "adaptive",
    "percent",
    [
      "Given a folder for each subject, {student} will file papers in the folder where they belong by the end of the day.",
      OFTEN,
    ],
    [
      "Dada una carpeta para cada materia, {student} guardará los papeles en la carpeta correspondiente al final del día.",
      SEGUIDO,
    ],
  ),
  goal(
    "vocational",
    "trials",
    [
      "Given a job application form, {student} will write name, address, schooling and two references.",
      OFTEN,
    ],
    [
      "Dado un formulario de solicitud de empleo, {student} escribirá nombre, dirección, estudios y dos referencias.",
      SEGUIDO,
    ],
  ),
  goal(
    "vocational",
    "count",
    ["During a week at the work site, {student} will arrive after the start of the shift.", OFTEN],
    [
      "Durante una semana en el lugar de trabajo, {student} llegará después del inicio del turno.",
      SEGUIDO,
    ],
    { direction: "decrease", unit: "times" },
  ),
  goal(
    "vocational",
    "trials",
    [
      "When a task at work is unclear, {student} will ask the supervisor a question about the next step.",
      OFTEN,
    ],
    [
      "Cuando una tarea del trabajo no esté clara, {student} preguntará a su supervisor por el siguiente paso.",
      SEGUIDO,
    ],
  ),
  goal(
    "vocational",
    "workSample",
    [
      "Given interest inventories and three job descriptions, {student} will write which job fits best and give two reasons.",
      OFTEN,
    ],
    [
      "Dados inventarios de intereses y tres descripciones de empleo, {student} escribirá cuál empleo encaja mejor y dará dos razones.",
      SEGUIDO,
    ],
  ),
];
