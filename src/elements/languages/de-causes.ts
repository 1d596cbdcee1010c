// Why something does not work, in German; what each sentence may say, cause-words.ts has in English.
import type { CauseFacts, CauseSentences, CauseWords, CheckName } from '../../core/cause-words.js';

const LEVELS = 'trace, debug, info, warn, error, fatal';
const AGAIN = 'Diese Seite versucht es von selbst wieder.', CONNECTS = 'Diese Seite verbindet sich von selbst neu.';
const SILENT_HERE = 'So schweigt Directus, wo der Pfad falsch ist oder die Logs ausgeschaltet sind; ein Proxy, der die Anfrage festhält,';

const refused = (sentence: string): CauseWords => ['Verbindung nicht angenommen', 'Die Verbindung wurde nicht angenommen', sentence];
const noAnswer = (sentence: string): CauseWords => ['keine Antwort', 'Der Server antwortet dieser Anzeige nicht', sentence];
const closed = (sentence: string): CauseWords => ['vom Server geschlossen', 'Der Server hat die Verbindung geschlossen', `${sentence} ${CONNECTS}`];
const noToken = (sentence: string): CauseWords =>
  ['kein Token', 'Diese Seite konnte kein Token bekommen', `${sentence} Der Server wurde nicht gefragt. ${AGAIN}`];
const unknownLevel = ({ words }: CauseFacts, rest = ''): CauseWords =>
  ['unbekanntes Level', 'Dieses Level gibt es nicht', `„${words}“ ist kein Level. Möglich sind, in Kleinbuchstaben: ${LEVELS}.${rest}`];

export const causesInGerman = (num: (count: number) => string): CauseSentences => ({
  noEndpoint: () => ['kein Endpunkt', 'Es ist kein Endpunkt angegeben',
    'Diese Anzeige weiß nicht, wo das Protokoll ist. Seine Adresse gehört in das Attribut endpoint, zum Beispiel endpoint="/websocket/logs".'],
  endpointInsecure: () => ['Endpunkt nicht sicher', 'Der Endpunkt ist nicht sicher',
    'Diese Seite kam über https, deshalb öffnet der Browser nur sichere Verbindungen. Der Endpunkt muss mit wss: oder https: beginnen.'],
  endpointMalformed: ({ words }) => ['Endpunkt ungültig', 'Der Endpunkt ist keine Adresse',
    `„${words}“ ist keine Adresse für einen WebSocket. Sie beginnt mit ws:, wss:, http: oder https: oder ist relativ zu dieser Seite.`],
  unknownLevel: (facts) => unknownLevel(facts),
  unknownLevelHere: (facts) => unknownLevel(facts, ' Verwendet wird das Level info.'),
  wrongNumber: ({ attribute, words, usual }) => [attribute, 'Ein Attribut stimmt nicht',
    `„${words}“ ist keine Zahl, die ${attribute} haben kann. Möglich ist eine ganze Zahl ab 1; verwendet wird ${num(usual)}.`],
  wrongChoice: ({ attribute, words, choices }) => [attribute, 'Ein Attribut stimmt nicht',
    `„${words}“ ist nichts, was ${attribute} sein kann. Möglich ist eines von ${choices.join(', ')}; verwendet wird ${choices[0] ?? ''}.`],
  tokenFailed: () => noToken('Die Funktion, die das Token geben soll, ist gescheitert; ihr Fehler steht in der Konsole des Browsers.'),
  tokenPending: () => noToken('Die Funktion, die das Token geben soll, ist noch nicht zurückgekehrt.'),
  tokenNotText: () => noToken('Was als Token gegeben wurde, ist keines: es muss ein Text sein oder nichts.'),
  offline: () => ['Browser offline', 'Dieser Browser ist offline', 'Er meldet kein Netz. Diese Seite verbindet sich von selbst, sobald das Netz wieder da ist.'],

  expired: () => ['Anmeldung abgelaufen', 'Die Anmeldung ist abgelaufen',
    'Der Server sagt, dass das Token oder die Sitzung abgelaufen ist. Mit einer neuen Anmeldung oder einem frischen Token für diese Seite geht das Protokoll weiter.'],
  busy: () => ['Server ausgelastet', 'Der Server ist ausgelastet', `Er bittet um einen späteren Versuch: vielleicht sind zu viele Anzeigen geöffnet. ${AGAIN}`],
  forbidden: () => ['nicht erlaubt', 'Dieses Protokoll darf hier nicht gelesen werden',
    'Der Server hat die Verbindung geschlossen und gesagt, dass dieses Konto kein Recht darauf hat.'],
  restart: () => ['Server angehalten', 'Der Server wurde angehalten oder startet neu', `Das hat er gesagt, als er die Verbindung schloss. ${CONNECTS}`],
  policy: () => closed('Er hat gesagt, dass diese Seite eine seiner Regeln verletzt hat, zum Beispiel durch zu viele Nachrichten.'),
  slow: () => ['Seite zu langsam', 'Diese Seite war zu langsam',
    `Der Server hat die Verbindung geschlossen und gesagt, dass seine Einträge schneller kamen, als diese Seite sie nahm. ${CONNECTS}`],
  signInRefused: ({ words }) => ['Anmeldung abgelehnt', 'Der Server hat die Anmeldung abgelehnt',
    `Er hat „${words}“ geantwortet. Das Token ist vielleicht falsch oder zu alt, oder sein Konto ist kein Administrator.`],
  serverError: ({ words }) => ['Server meldet Fehler', 'Der Server meldet einen Fehler', `Er hat „${words}“ geantwortet.`],
  tooManyMessages: ({ words }) => ['zu viele Nachrichten', 'Der Server nimmt zurzeit keine Nachrichten mehr an',
    `Er hat „${words}“ geantwortet. Die Verbindung bleibt offen.`],

  silent: () => ['Server stumm', 'Der Server ist verstummt',
    `Die Verbindung sieht offen aus, aber eine Frage, die der Server immer beantwortet, blieb ohne Antwort. Vielleicht hängt er, oder das Netz hat die Verbindung wortlos verloren. ${CONNECTS}`],
  lost: () => ['Verbindung verloren', 'Die Verbindung ist abgebrochen',
    `Sie endete ohne Abschied. Vielleicht wurde der Server angehalten (Directus endet so), ein Proxy hat die Verbindung getrennt, oder das Netz ist ausgefallen. ${CONNECTS}`],
  closed: ({ closeCode, words }) =>
    closed(`Er hat ${closeCode === null ? 'keinen Code' : `den Code ${closeCode}`} ${words === '' ? 'und keinen Grund genannt' : `und den Grund „${words}“ genannt`}.`),

  unreachable: ({ host }) => ['Server nicht erreichbar', 'Der Server antwortet nicht',
    `Unter ${host} antwortet nichts, weder dieser Anzeige noch einer gewöhnlichen Anfrage. Der Server läuft vielleicht nicht, Name oder Port sind vielleicht falsch, oder etwas auf dem Weg hält den Browser auf. ${AGAIN}`],
  nothingCame: ({ host }) => noAnswer(`Von ${host} kam nichts zurück. ${SILENT_HERE} oder ein Netz, das sie verschluckt, sieht genauso aus.`),
  hiddenAnswer: ({ host }) => noAnswer(`Etwas unter ${host} beantwortet gewöhnliche Anfragen, aber nicht diese Anzeige. ${SILENT_HERE} sieht genauso aus.`),
  hiddenRefusal: ({ host }) => refused(`Unter ${host} antwortet etwas, aber der Browser verbirgt vor dieser Seite, was es sagt. Der Server hat vielleicht die Herkunft (origin) dieser Seite oder ihre Anmeldung abgelehnt, oder ein Proxy antwortet an seiner Stelle.`),
  noConnection: ({ host }) => ['keine Verbindung', 'Die Verbindung konnte nicht geöffnet werden',
    `Der Browser sagt einer Seite nicht, warum. Der Server läuft vielleicht nicht, ${host} ist vielleicht der falsche Name oder Port, oder der Server hat abgelehnt: die Anmeldung, die Rechte des Kontos, die Herkunft (origin) dieser Seite oder eine weitere Anzeige.`],

  proxy: ({ host, status }) => [`Proxy antwortete ${status}`, 'Der Server antwortet nicht',
    `Ein Proxy antwortete ${status} für ${host}: vom Server dahinter bekam er keine Antwort. ${AGAIN}`],
  unavailable: ({ host }) => ['Server nicht verfügbar', 'Der Server nimmt zurzeit keine Anfragen an',
    `${host} antwortete 503. Vielleicht startet er gerade, ist überlastet oder wird gewartet, oder ein Proxy sagt das an seiner Stelle. ${AGAIN}`],
  tooManyRequests: ({ host }) => ['zu viele Anfragen', 'Der Server nimmt zurzeit keine Anfragen an', `${host} antwortete 429: dort kamen zu viele Anfragen an. ${AGAIN}`],
  failing: ({ host, status }) => [`Server antwortete ${status}`, 'Der Server meldet einen Fehler', `${host} antwortete ${status}, auch auf eine gewöhnliche Anfrage. ${AGAIN}`],
  websocketsOff: () => ['WebSockets ausgeschaltet', 'WebSockets sind auf diesem Server ausgeschaltet',
    'Das sagt Directus selbst. Mit WEBSOCKETS_ENABLED=true und einem Neustart des Servers verbindet sich diese Seite von selbst.'],
  tokenRefused: ({ host, status }) => ['Token nicht angenommen', 'Der Server nimmt das Token nicht an',
    `${host} antwortete ${status} auf eine gewöhnliche Anfrage mit demselben Token. Es ist falsch oder nicht mehr gültig.`],
  notSignedIn: ({ host, hasToken }) => ['nicht angemeldet', 'Auf diesem Server fehlt die Anmeldung',
    `${host} antwortet, aber ${hasToken ? 'hat das Token dieser Seite nicht angenommen' : 'weiß nicht, wer fragt'}. Mit einer Anmeldung dort oder einem Token für diese Seite verbindet sie sich von selbst.`],
  accessRefused: ({ host }) => ['Zugriff abgelehnt', 'Der Server lehnt diese Seite ab',
    `${host} antwortete 403, auch auf eine gewöhnliche Anfrage: das Konto, die Herkunft (origin) dieser Seite oder ihr Netz ist dort nicht erlaubt.`],
  noLogs: ({ host }) => ['keine Logs für dieses Konto', 'Dieser Anmeldung werden keine Logs angeboten',
    `Directus unter ${host} weiß, wer fragt, aber das Konto ist kein Administrator, oder die Logs sind ausgeschaltet. Liegt es am Konto, lehnt Directus sofort ab, so wie hier.`],
  offeredAndRefused: ({ host }) => refused(`Directus unter ${host} bietet dieser Anmeldung seine Logs an, hat aber die Verbindung nicht geöffnet. Die Herkunft (origin) dieser Seite ist vielleicht nicht erlaubt, vielleicht sind zu viele Anzeigen geöffnet, oder ein Proxy gibt WebSockets nicht weiter.`),
  answeredAndRefused: ({ host, status }) => refused(`Ein Server unter ${host} läuft und beantwortet gewöhnliche Anfragen (${status}), hat aber die Verbindung nicht geöffnet. Die Anmeldung, das Konto, die Herkunft (origin) dieser Seite oder der Pfad ist vielleicht falsch, vielleicht sind zu viele Anzeigen geöffnet, oder ein Proxy gibt WebSockets nicht weiter.`),
  wouldBeLetIn: ({ host }) => refused(`${host} antwortet auf eine gewöhnliche Anfrage, dass diese Anzeige sich verbinden darf, hat aber die Verbindung nicht geöffnet. Vielleicht gibt ein Proxy WebSockets nicht weiter, oder nicht den Host-Namen, unter dem diese Seite fragt.`),
  logsOff: ({ host }) => ['Logs ausgeschaltet', 'Logs sind auf diesem Server wohl ausgeschaltet',
    `Directus unter ${host} bietet dieser Anmeldung keine Logs an und gab dieser Anzeige keine Antwort, so wie da, wo Logs ausgeschaltet sind. Mit WEBSOCKETS_LOGS_ENABLED=true und einem Neustart des Servers verbindet sich diese Seite von selbst. Auch einem Konto, das kein Administrator ist, werden keine Logs angeboten, aber das lehnt Directus sofort ab.`],
  otherPath: ({ host }) => noAnswer(`Directus unter ${host} bietet dieser Anmeldung seine Logs an, aber nicht unter diesem Pfad, oder ein Proxy hält die Anfrage fest.`),
  answersOthers: ({ host, status }) => noAnswer(`${host} beantwortet gewöhnliche Anfragen (${status}), aber nicht diese Anzeige. ${SILENT_HERE} sieht genauso aus.`),
});

export const checksInGerman: Readonly<Record<CheckName, string>> = {
  running: 'ob der Server läuft',
  address: 'ob Host und Port im Endpunkt die des Servers sind',
  path: 'ob der Pfad im Endpunkt WEBSOCKETS_LOGS_PATH entspricht (/websocket/logs, wenn er nicht geändert wurde)',
  on: 'ob WEBSOCKETS_LOGS_ENABLED auf dem Server true ist',
  token: 'ob das Token gültig ist und einem Administrator gehört',
  signIn: 'ob auf dem Server ein Administrator angemeldet ist oder diese Seite das Token eines Administrators hat',
  origin: 'ob die Herkunft (origin) dieser Seite erlaubt ist (Directus: CORS_ORIGIN, wobei * nicht zählt; system-logs/server: allowedOrigins)',
  limit: 'ob mehr Anzeigen geöffnet sind, als WEBSOCKETS_LOGS_CONN_LIMIT erlaubt',
  upgrade: 'ob ein Proxy WebSocket-Upgrades weitergibt',
  way: 'ob eine Firewall, ein Zertifikat, dem der Browser nicht traut, oder eine connect-src-Richtlinie dieser Seite im Weg ist',
  level: 'ob ein höheres Level genügt, damit weniger Einträge kommen',
  ownLog: 'was im Protokoll des Servers selbst steht',
  ownToken: 'worauf accessToken dieser Anzeige gesetzt ist',
};
