/** Gráficas, lo que los datos dicen de una meta y lo que los equipos deciden a partir de ellos. */
export const judgement = {
  chart: {
    range: "Tiempo que se muestra",
    ranges: { data: "Datos hasta ahora", plan: "Todo el plan", factor: "Por factores" },
    role: "gráfica",
    keys: "Gráfica: las flechas izquierda y derecha leen una observación tras otra; Inicio y Fin, la primera y la última",
    reading: "{{place}} de {{count}}. {{date}}: {{value}}. {{details}}",
    noData: "sin datos",
    target: "Objetivo {{value}}",
    observation: "Observación",
    aimLine: "Línea de la meta",
    trend: "Tendencia dentro de una fase",
    objectives: "Objetivos intermedios",
    save: "Guardar la gráfica",
    png: "Como imagen (PNG)",
    svg: "Como dibujo (SVG)",
    csv: "Sus datos como tabla (CSV)",
    notSaved: "No se pudo guardar la gráfica. Pruebe con el dibujo (SVG).",
    date: "Fecha",
    charted: "Valor en la gráfica",
    raw: "Observación",
    details: "Quién, lugar, ayuda, nota",
  },
  compare: {
    label: "Comparar con otra meta",
    none: "Sin comparación",
    title: "Meta {{number}}: {{domain}}",
  },
  forecast: {
    range: " (lo más probable, entre {{low}} y {{high}})",
    nothing: "nada",
    noData: "Todavía no hay datos que digan si se alcanzará la meta.",
    oldData: "La última observación tiene más de {{days}} días: no dice si se alcanzará la meta.",
    tooFewPoints:
      "Todavía no hay datos suficientes para decir si se alcanzará la meta: {{have}} de {{needed}} observaciones, {{haveWeeks}} de {{neededWeeks}} semanas desde el último cambio de enseñanza.",
    tooShort:
      "Todavía no hay datos suficientes para decir si se alcanzará la meta: {{have}} de {{needed}} observaciones, {{haveWeeks}} de {{neededWeeks}} semanas desde el último cambio de enseñanza.",
    tooFar:
      "Los datos todavía no dicen si se alcanzará la meta: abarcan {{haveWeeks}} semanas, y para el {{date}} falta más que eso. A partir del {{from}} podrán decirlo.",
    reached:
      "La meta está alcanzada: de las tres últimas observaciones, la del medio es {{level}} y el objetivo es {{target}}.",
    datePassed: "El {{date}} ya pasó y no se alcanzó {{target}}.",
    trendReaches:
      "Si todo sigue como ahora, {{name}} estará en torno a {{expected}} el {{date}}{{range}}. Es probable que alcance {{target}}.",
    bandCrosses:
      "Si todo sigue como ahora, {{name}} estará en torno a {{expected}} el {{date}}{{range}}. Puede que alcance {{target}} y puede que no.",
    trendFallsShort:
      "Si todo sigue como ahora, {{name}} estará en torno a {{expected}} el {{date}}{{range}}. Es poco probable que alcance {{target}} sin un cambio.",
  },
  likelihood: {
    name: "Alcanzar la meta",
    reached: "Alcanzada",
    yes: "Probable",
    eitherWay: "Puede que sí o que no",
    no: "Poco probable",
    unsure: "No se sabe",
    percent: "{{percent}} para el {{date}}",
    atLeast: "{{percent}} o más",
    atMost: "{{percent}} o menos",
    because: {
      noData: "todavía sin datos",
      oldData: "los datos son antiguos",
      tooFewPoints: "{{have}} de {{needed}} observaciones",
      tooShort: "{{haveWeeks}} de {{neededWeeks}} semanas",
      tooFar: "falta demasiado; a partir del {{from}}",
      datePassed: "el {{date}} ya pasó",
    },
  },
  figures: {
    show: "Mostrar las fórmulas",
    hide: "Ocultar las fórmulas",
    title: "Cómo se calcula cada cifra",
    figure: "Cifra",
    value: "Valor",
    formula: "Fórmula",
    sinceBaseline_one: "{{count}} observación desde el punto de partida del {{date}}.",
    sinceBaseline_other: "{{count}} observaciones desde el punto de partida del {{date}}.",
    sincePhase_one:
      "{{count}} observación de la fase «{{name}}», desde el {{date}}. Ninguna cifra cruza una línea de fase.",
    sincePhase_other:
      "{{count}} observaciones de la fase «{{name}}», desde el {{date}}. Ninguna cifra cruza una línea de fase.",
    perWeek: "{{value}} por semana",
    between: "95 %: de {{low}} a {{high}}",
    notEnough: "Faltan datos: {{have}} de {{needed}} observaciones",
    notEnoughWeeks:
      "Faltan datos: {{have}} de {{needed}} observaciones, {{haveWeeks}} de {{neededWeeks}} semanas",
    needed: "La línea de la meta pide",
    leastSquares: "Tendencia (mínimos cuadrados)",
    theilSen: "Tendencia robusta (Theil-Sen)",
    factor: "Cambio por factores",
    times: "× {{factor}} por semana",
    likelihood: "Probabilidad para el {{date}}",
    likelihoodValue: "{{percent}}; la línea estará entonces en {{expected}}",
    standing: "Cómo va",
    needs: "se necesita: {{value}}",
  },
  formulas: {
    standing:
      "Nivel: de las tres últimas observaciones, la del medio por su distancia a la línea de la meta. Por delante o sobre ella, y sin pronóstico en contra: en camino. Por detrás y sin esperar que se alcance, o una regla pide un cambio: fuera de camino. Entre las dos: por vigilar. Menos de tres observaciones de la fase, o ninguna en 30 días: no se sabe.",
    needed: "(objetivo − punto de partida) ÷ semanas entre sus fechas; una semana son 7 días.",
    leastSquares:
      "Pendiente Σ(x − x̄)(y − ȳ) ÷ Σ(x − x̄)², x en semanas según las fechas reales, desde 3 observaciones. Banda: pendiente ± t(97,5 %, n − 2) · s ÷ √Σ(x − x̄)², desde 4.",
    theilSen:
      "Mediana ordinaria de las pendientes entre todos los pares de fechas distintas. Banda (Sen, S de Kendall): las pendientes ordenadas k + 1 y N − k, k = (N − 1,96 √(n(n − 1)(2n + 5) ÷ 18)) ÷ 2, redondeado hacia abajo.",
    factor:
      "e elevado a la pendiente de la recta de mínimos cuadrados de los logaritmos de los recuentos; un recuento de cero no participa. × 2 es el doble.",
    likelihood:
      "De que una observación en la fecha de la meta alcance el objetivo: t de Student con n − 2 grados de libertad en (recta − objetivo) ÷ (s √(1 + 1/n + (x − x̄)² ÷ Σ(x − x̄)²)). Probable desde {{likely}}; puede que sí o que no desde {{uncertain}}; nunca se dice más de {{most}} ni menos de {{least}}. Con el mínimo de datos del distrito, y nunca más allá de lo que abarcan los datos.",
    fourPoint:
      "Las últimas cuatro observaciones desde la última decisión, todas del mismo lado de la línea de la meta. Una sobre la línea no está en ningún lado.",
    threePoint:
      "Los últimos tres días con datos desde la última decisión, según la media de cada día.",
    trend:
      "Tendencia frente a la línea de la meta: más plana y por detrás, o más inclinada y por delante; dentro de la tolerancia del distrito cuentan como paralelas.",
  },
  rules: {
    fourPoint: "Regla de los cuatro puntos",
    threePoint: "Regla de los tres días",
    trend: "Regla de la tendencia",
  },
  advice: {
    change: "Considerar un cambio de enseñanza",
    raise: "Considerar una meta más alta",
    continue: "Seguir como hasta ahora",
  },
  fired: {
    fourPoint: {
      change:
        "las últimas cuatro observaciones van por detrás de la línea de la meta. Considere un cambio de enseñanza.",
      raise:
        "las últimas cuatro observaciones van por delante de la línea de la meta. Considere una meta más alta.",
    },
    threePoint: {
      change:
        "en los últimos tres días con datos, los resultados quedaron por detrás de la línea de la meta.",
      raise:
        "en los últimos tres días con datos, los resultados quedaron por delante de la línea de la meta.",
    },
    trend: {
      change:
        "la tendencia es demasiado plana para alcanzar la meta a tiempo. Considere un cambio de enseñanza.",
      raise:
        "la tendencia es más inclinada que la línea de la meta y va por delante. Considere una meta más alta.",
    },
  },
  decisions: {
    title: "Decisiones",
    asksYou: "Los datos piden su decisión",
    asksTeam: "Se pide al equipo que vuelva a mirar esta meta",
    decide: "Decidir",
    help: "Las cifras de este momento se guardan con la decisión. Los mismos datos no vuelven a preguntar; cuatro observaciones nuevas sí pueden hacerlo.",
    choice: "¿Qué hará?",
    phaseName: "Qué cambia desde entonces",
    phaseStart: "Primer día de la nueva fase",
    reason: "Por qué",
    reasonHelp: "El equipo y la familia lo leen. Diga qué observó y qué espera.",
    save: "Registrar la decisión",
    saved: "La decisión está registrada",
    by: "{{name}}; preguntó: {{rules}}",
    then: "En ese momento:",
    latest: "último valor {{value}} ({{date}})",
    trend: "tendencia {{trend}}",
    needed: "se necesita {{needed}}",
    likelihood: "probabilidad {{percent}}",
    effectSoon:
      "Efecto: {{have}} de {{needed}} observaciones desde entonces; una tendencia después de la decisión necesita {{needed}}.",
    effectBetter: "Efecto: la tendencia era {{before}} antes y es {{after}} desde entonces: mejor.",
    effectWorse:
      "Efecto: la tendencia era {{before}} antes y es {{after}} desde entonces: no es mejor.",
    effectSame: "Efecto: la tendencia era {{before}} antes y es {{after}} desde entonces.",
  },
  choose: {
    continue: "Seguir como hasta ahora",
    changeInstruction: "Cambiar la enseñanza",
    raiseGoal: "Subir la meta",
    newPhase: "Empezar una fase nueva",
  },
  choiceHelp: {
    continue: "Esperar más datos",
    changeInstruction: "Dentro de la misma fase",
    raiseGoal: "Requiere una enmienda del plan",
    newPhase: "Marca una línea en la gráfica; ahí empieza una tendencia nueva",
  },
  choices: {
    continue: "El equipo sigue como hasta ahora",
    changeInstruction: "El equipo cambia la forma de enseñar esta meta",
    raiseGoal: "El equipo quiere subir la meta",
    newPhase: "El equipo empieza una nueva forma de enseñar esta meta",
  },
  openDecisions: {
    title: "Decisiones pendientes",
    subtitle: "Metas cuyos datos le piden volver a mirar. Cada una se pregunta una sola vez.",
    empty: "No hay nada que decidir",
    emptyText: "Una meta aparece aquí cuando una regla de su distrito encuentra algo en sus datos.",
    truncated: "La lista tiene sus primeros 60 estudiantes. Los demás lo muestran en sus metas.",
    goal: "Meta {{number}}: {{domain}}",
  },
  mastery: {
    title: "Dominio",
    met: "Alcanzado desde el {{date}}",
    notMet: "Todavía no alcanzado",
    notEnoughData: "Faltan datos",
    reached: "{{reached}} de los últimos {{window}} lo alcanzan; se necesitan {{needed}}.",
    settings: "En {{have}} de {{needed}} lugares.",
    adults: "Con {{have}} de {{needed}} adultos.",
    counted: "Contaron:",
    unit: "{{date}}: {{value}} ({{verdict}})",
    reaches: "lo alcanza",
    doesNot: "no lo alcanza",
    notCounted: "No contaron",
    reasons: {
      tooFewTrials: "muy pocos ensayos",
      noTrials: "no se anotaron ensayos",
      tooMuchHelp: "más ayuda de la que permite el criterio",
      helpUnknown: "nadie anotó cuánta ayuda hubo",
    },
  },
  observers: {
    title: "Acuerdo entre dos observadores",
    text: "Convención: al menos un 80 % de acuerdo, comprobado en el 20 a 33 % de las sesiones.",
    none: "Ninguna sesión tiene todavía el registro de un segundo observador.",
    add: "Comparar una sesión",
    dialogHelp:
      "Anote lo que vio, sin mirar el primer registro. La sesión debe haberla registrado otra persona.",
    session: "Sesión",
    sessionOption: "{{date}}, registrada por {{name}}",
    noSession: "No hay ninguna sesión registrada por otra persona.",
    kind: "Qué anotaron ambos",
    kinds: {
      total: "Un total cada uno",
      counts: "Recuentos, intervalo por intervalo",
      trials: "Ensayos, correctos o no",
      intervals: "Intervalos, ocurrió o no",
      durations: "Duraciones, una por una",
    },
    first: "Primer observador",
    second: "Segundo observador",
    totalHelp: "Un número, por ejemplo 12",
    listHelp: "Números separados por espacios, por ejemplo 3 0 2 1",
    marksHelp: "1 para sí y 0 para no, por ejemplo 1 0 1 1",
    note: "Nota (opcional)",
    submit: "Comparar",
    done: "La comparación está registrada",
    withdraw: "Retirar",
    withdrawText: "La comparación del {{date}} sale de la lista. Se conserva en el expediente.",
    summary:
      "{{observed}} de {{sessions}} sesiones ({{share}}); media de las cifras más estrictas: {{mean}}.",
    acceptable: "Acuerdo aceptable",
    low: "El acuerdo es demasiado bajo",
    few: "Muy pocas sesiones comparadas",
    row: "{{date}}: {{first}} y {{second}}",
    noFigure: "nada que comparar",
    names: {
      totalCount: "Recuento total",
      meanCountPerInterval: "Recuento medio por intervalo",
      exactCountPerInterval: "Recuento exacto por intervalo",
      trialByTrial: "Ensayo por ensayo",
      intervalByInterval: "Intervalo por intervalo",
      scoredInterval: "Intervalos con conducta",
      unscoredInterval: "Intervalos sin conducta",
      totalDuration: "Duración total",
      meanDurationPerOccurrence: "Duración media por ocurrencia",
    },
    formulas: {
      totalCount: "total menor ÷ total mayor",
      meanCountPerInterval: "media de menor ÷ mayor recuento de cada intervalo",
      exactCountPerInterval: "intervalos con recuentos iguales ÷ todos los intervalos",
      trialByTrial: "ensayos con el mismo resultado ÷ todos los ensayos",
      intervalByInterval: "intervalos con la misma marca ÷ todos los intervalos",
      scoredInterval: "ambos la vieron ÷ al menos uno la vio",
      unscoredInterval: "ninguno la vio ÷ al menos uno no la vio",
      totalDuration: "total más corto ÷ más largo",
      meanDurationPerOccurrence: "media de más corta ÷ más larga de cada ocurrencia",
    },
  },
} as const;
