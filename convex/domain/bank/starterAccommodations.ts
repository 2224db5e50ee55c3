/**
 * Accommodations to begin with, by category, written for Trellis. They are about nobody.
 */
import type { AccommodationCategory } from "./item";

export const STARTER_ACCOMMODATIONS: readonly (readonly [
  area: AccommodationCategory,
  en: string,
  es: string,
])[] = [
  [
    "presentation",
    "Texts read aloud by a person or by text-to-speech",
    "Textos leídos en voz alta por una persona o con lector de pantalla",
  ],
  [
    "presentation",
    "Large print ({size} points) or enlarged on a screen",
    "Letra grande ({tamaño} puntos) o ampliada en pantalla",
  ],
  [
    "presentation",
    "Directions given one step at a time, repeated in the student’s own words",
    "Indicaciones de un paso a la vez, repetidas por el estudiante con sus palabras",
  ],
  [
    "presentation",
    "Written directions with a picture or a model of the finished work",
    "Indicaciones escritas con una imagen o un modelo del trabajo terminado",
  ],
  [
    "presentation",
    "Key words taught before a new text is read",
    "Palabras clave enseñadas antes de leer un texto nuevo",
  ],
  [
    "presentation",
    "Notes or slides of the lesson before it begins",
    "Apuntes o diapositivas antes de que empiece la clase",
  ],
  ["presentation", "Captions for films and recordings", "Subtítulos en películas y grabaciones"],
  [
    "response",
    "Answers spoken, recorded or typed instead of written by hand",
    "Respuestas habladas, grabadas o tecleadas en lugar de escritas a mano",
  ],
  [
    "response",
    "Speech-to-text for texts longer than {length} sentences",
    "Dictado por voz para textos de más de {cantidad} oraciones",
  ],
  [
    "response",
    "Word prediction and a spelling checker while writing",
    "Predicción de palabras y corrector ortográfico al escribir",
  ],
  [
    "response",
    "A calculator where computation is not what is taught",
    "Calculadora cuando el cálculo no es lo que se enseña",
  ],
  [
    "response",
    "Graph paper or lined columns for mathematics",
    "Papel cuadriculado o columnas marcadas para matemáticas",
  ],
  [
    "response",
    "Answers marked in the booklet instead of on a separate sheet",
    "Respuestas marcadas en el cuaderno y no en hoja aparte",
  ],
  [
    "setting",
    "A seat close to instruction and away from doors and windows",
    "Asiento cerca de la enseñanza y lejos de puertas y ventanas",
  ],
  [
    "setting",
    "A quiet place with few people for individual work",
    "Un lugar tranquilo con pocas personas para el trabajo individual",
  ],
  [
    "setting",
    "Headphones that lower noise during independent work",
    "Audífonos que reducen el ruido durante el trabajo independiente",
  ],
  [
    "setting",
    "A choice of standing, a wobble stool or a desk",
    "Elección entre estar de pie, banco móvil o escritorio",
  ],
  [
    "timing",
    "Extended time: {times} times the time of the class",
    "Tiempo adicional: {veces} veces el tiempo de la clase",
  ],
  [
    "timing",
    "A break of {minutes} minutes after every {work} minutes of work",
    "Descanso de {minutos} minutos tras cada {trabajo} minutos de trabajo",
  ],
  [
    "timing",
    "Long assignments in parts, each with its own due date",
    "Tareas largas en partes, cada una con su fecha de entrega",
  ],
  [
    "timing",
    "Warning five minutes and one minute before a change of activity",
    "Aviso cinco minutos y un minuto antes de un cambio de actividad",
  ],
  [
    "organization",
    "A visual schedule of the day, looked at together every morning",
    "Horario visual del día, revisado juntos cada mañana",
  ],
  [
    "organization",
    "A planner that an adult checks at the end of the day",
    "Agenda que un adulto revisa al final del día",
  ],
  ["organization", "A second set of books at home", "Un segundo juego de libros en casa"],
  [
    "organization",
    "A graphic organizer for each text that is written",
    "Un organizador gráfico para cada texto que se escribe",
  ],
  [
    "behavior",
    "A signal that the student and the teacher agreed on, to ask for a break",
    "Una señal acordada entre el estudiante y el docente para pedir un descanso",
  ],
  [
    "behavior",
    "Praise that names what was done, at least {times} times in a lesson",
    "Elogio que nombra lo que se hizo, al menos {veces} veces por clase",
  ],
  [
    "behavior",
    "A check-in with a trusted adult at arrival and before leaving",
    "Encuentro con un adulto de confianza al llegar y antes de salir",
  ],
  [
    "behavior",
    "Corrections in private, in few words",
    "Correcciones en privado y con pocas palabras",
  ],
  [
    "assessment",
    "Tests in a small group of no more than {number} students",
    "Exámenes en un grupo de no más de {número} estudiantes",
  ],
  [
    "assessment",
    "Test directions and questions read aloud, except where reading is tested",
    "Instrucciones y preguntas del examen leídas en voz alta, salvo donde se evalúa la lectura",
  ],
  [
    "assessment",
    "Tests over more than one session on the same day",
    "Exámenes en más de una sesión del mismo día",
  ],
  [
    "assessment",
    "Retaking a test orally when the written result is below {level} %",
    "Repetir el examen oralmente si el resultado escrito es menor que {level} %",
  ],
];
