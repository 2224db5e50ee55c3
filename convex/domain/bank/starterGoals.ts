/**
 * Goals to begin with, written for Trellis: every organization has them, and no row is copied for it. They are about
 * nobody; {student}, {grade}, {level} and {date} are filled in when one is put into a plan. Loaded by the client when
 * somebody opens the bank.
 */
import { MORE_STARTER_GOALS } from "./moreStarterGoals";
import { type BankGoal, goal, OFTEN, SEGUIDO } from "./starterGoal";

export const STARTER_GOALS: readonly BankGoal[] = [
  goal(
    "academic",
    "oralReading",
    ["Given an unpracticed {grade} passage, {student} will read aloud for one minute.", OFTEN],
    [
      "Dado un texto nuevo de nivel {grade}, {student} leerá en voz alta durante un minuto.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "trials",
    [
      "Given a short {grade} passage read alone, {student} will answer questions about who, what, where and why.",
      OFTEN,
    ],
    [
      "Dado un texto breve de nivel {grade} leído a solas, {student} contestará preguntas de quién, qué, dónde y por qué.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "trials",
    [
      "Shown single letters in mixed order, {student} will say the sound of each within three seconds.",
      OFTEN,
    ],
    [
      "Al ver letras sueltas en orden mezclado, {student} dirá el sonido de cada una en tres segundos.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "trials",
    [
      "Given a text with headings, {student} will underline the sentence that states the main idea of each part.",
      OFTEN,
    ],
    [
      "Dado un texto con subtítulos, {student} subrayará la oración que dice la idea principal de cada parte.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "workSample",
    [
      "Given a topic and ten minutes, {student} will write a paragraph with a topic sentence, three details and an ending.",
      OFTEN,
    ],
    [
      "Dado un tema y diez minutos, {student} escribirá un párrafo con oración temática, tres detalles y un cierre.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "percent",
    [
      "In a first draft of five sentences, {student} will write capitals and end marks where they belong.",
      OFTEN,
    ],
    [
      "En un primer borrador de cinco oraciones, {student} pondrá mayúsculas y puntos donde corresponde.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "digitsCorrect",
    [
      "Given a page of mixed addition and subtraction facts, {student} will write answers for two minutes.",
      OFTEN,
    ],
    [
      "Dada una hoja de sumas y restas mezcladas, {student} escribirá respuestas durante dos minutos.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "trials",
    [
      "Given word problems of two steps, {student} will write an equation for each and solve it.",
      OFTEN,
    ],
    [
      "Dados problemas escritos de dos pasos, {student} escribirá una ecuación para cada uno y la resolverá.",
      SEGUIDO,
    ],
  ),
  goal(
    "academic",
    "trials",
    [
      "Given a pile of mixed coins up to one dollar, {student} will count out the amount that is asked for.",
      OFTEN,
    ],
    [
      "Con monedas mezcladas de hasta un dólar, {student} contará la cantidad que se le pida.",
      SEGUIDO,
    ],
  ),
  goal(
    "communication",
    "trials",
    ["In spontaneous sentences, {student} will say the target sound clearly.", OFTEN],
    ["En oraciones espontáneas, {student} pronunciará con claridad el sonido trabajado.", SEGUIDO],
  ),
  goal(
    "communication",
    "trials",
    [
      "When a task is too hard, {student} will ask for help with words, signs or a device before stopping.",
      OFTEN,
    ],
    [
      "Cuando una tarea sea demasiado difícil, {student} pedirá ayuda con palabras, señas o un dispositivo antes de dejarla.",
      SEGUIDO,
    ],
  ),
  goal(
    "communication",
    "count",
    ["During a talk with a classmate, {student} will take turns that stay on the topic.", OFTEN],
    [
      "Durante una conversación con un compañero, {student} tomará turnos sin salirse del tema.",
      SEGUIDO,
    ],
    { unit: "turns" },
  ),
  goal(
    "communication",
    "trials",
    ["Given spoken directions of two steps, {student} will carry out both in order.", OFTEN],
    ["Dadas instrucciones orales de dos pasos, {student} hará los dos en orden.", SEGUIDO],
  ),
  goal(
    "behavioral",
    "interval",
    ["During independent work, {student} will look at and work on the task.", OFTEN],
    ["Durante el trabajo independiente, {student} mirará la tarea y trabajará en ella.", SEGUIDO],
  ),
  goal(
    "behavioral",
    "count",
    [
      "During a lesson of 30 minutes, {student} will call out without raising a hand.",
      "no more than {level} times in 4 of 5 sessions",
    ],
    [
      "Durante una clase de 30 minutos, {student} hablará sin levantar la mano.",
      "no más de {level} veces en 4 de 5 sesiones",
    ],
    { direction: "decrease", unit: "times" },
  ),
  goal(
    "behavioral",
    "latency",
    ["When the class is told to begin, {student} will start writing or reading.", OFTEN],
    ["Cuando se indique a la clase que empiece, {student} comenzará a escribir o leer.", SEGUIDO],
    { direction: "decrease" },
  ),
  goal(
    "behavioral",
    "trials",
    [
      "When upset, {student} will use a calming step from the card and come back to the activity within five minutes.",
      OFTEN,
    ],
    [
      "Al alterarse, {student} usará un paso de calma de la tarjeta y volverá a la actividad en cinco minutos.",
      SEGUIDO,
    ],
  ),
  goal(
    "social",
    "duration",
    ["During free play, {student} will stay in a shared game with one or more classmates.", OFTEN],
    [
      "Durante el juego libre, {student} seguirá en un juego compartido con uno o más compañeros.",
      SEGUIDO,
    ],
  ),
  goal(
    "social",
    "trials",
    [
      "When a classmate greets, {student} will answer with a word, a sign or a wave within five seconds.",
      OFTEN,
    ],
    [
      "Cuando un compañero salude, {student} contestará con una palabra, una seña o la mano en cinco segundos.",
      SEGUIDO,
    ],
  ),
  goal(
    "social",
    "trials",
    ["During a disagreement, {student} will say what they want and offer one solution.", OFTEN],
    ["Durante un desacuerdo, {student} dirá lo que quiere y ofrecerá una solución.", SEGUIDO],
  ),
  goal(
    "motor",
    "percent",
    ["Given lined paper, {student} will write letters that stay between the lines.", OFTEN],
    [
      "En papel con renglones, {student} escribirá letras que queden dentro de las líneas.",
      SEGUIDO,
    ],
  ),
  goal(
    "motor",
    "trials",
    [
      "With scissors, {student} will cut along a curved line without leaving it by more than a quarter inch.",
      OFTEN,
    ],
    [
      "Con tijeras, {student} cortará por una línea curva sin apartarse más de medio centímetro.",
      SEGUIDO,
    ],
  ),
  goal(
    "adaptive",
    "taskAnalysis",
    [
      "At arrival, {student} will complete the steps of the arrival routine: coat, bag, folder, seat.",
      OFTEN,
    ],
    [
      "Al llegar, {student} completará los pasos de la rutina: abrigo, mochila, carpeta, asiento.",
      SEGUIDO,
    ],
  ),
  goal(
    "adaptive",
    "percent",
    [
      "At the end of each class, {student} will write the assignment and its due date in the planner.",
      OFTEN,
    ],
    ["Al final de cada clase, {student} anotará la tarea y su fecha en la agenda.", SEGUIDO],
  ),
  goal(
    "adaptive",
    "taskAnalysis",
    [
      "Given the picture steps, {student} will prepare a simple snack and clean up afterwards.",
      OFTEN,
    ],
    [
      "Con los pasos en imágenes, {student} preparará un bocadillo sencillo y limpiará después.",
      SEGUIDO,
    ],
  ),
  goal(
    "vocational",
    "taskAnalysis",
    ["At the work site, {student} will complete the opening checklist.", OFTEN],
    ["En el lugar de trabajo, {student} completará la lista de apertura.", SEGUIDO],
  ),
  goal(
    "vocational",
    "duration",
    ["During a work shift, {student} will keep working on the assigned task.", OFTEN],
    ["Durante un turno de trabajo, {student} seguirá trabajando en la tarea asignada.", SEGUIDO],
  ),
  goal(
    "vocational",
    "trials",
    [
      "In practice interviews, {student} will answer common questions in two or more sentences.",
      OFTEN,
    ],
    [
      "En entrevistas de práctica, {student} contestará preguntas comunes con dos oraciones o más.",
      SEGUIDO,
    ],
  ),
  ...MORE_STARTER_GOALS,
];
