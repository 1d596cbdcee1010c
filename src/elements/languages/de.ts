// The words of the viewer in German; a page imports this module, before or after the elements. Levels keep pino's names, as the rows, the settings
// and the logs have them.
import type { LossCause } from '../../core/gap.js';
import type { LocaleFormat } from '../../core/locale-format.js';
import type { Strings } from '../strings.js';
import { causesInGerman, checksInGerman } from './de-causes.js';
import { registerLanguage } from './registry.js';

export const german = ({ count: num, plural, list, levels: byLevel, date }: LocaleFormat): Strings => {
  const entries = (count: number): string => plural(count, { one: '# Eintrag', other: '# Einträge' });
  const instances = (count: number): string => plural(count, { one: '# Instanz', other: '# Instanzen' });
  const seconds = (count: number): string => `${num(count)} s`;
  const errors = (count: number): string => `${num(count)} Fehler`;
  const summary = (count: number, errorCount: number): string =>
    plural(count, { one: '# neuer Eintrag', other: '# neue Einträge' }) + (errorCount > 0 ? `, ${errors(errorCount)}` : '');
  const causes: Readonly<Record<LossCause, string>> = {
    slow: 'diese Anzeige war zu langsam',
    expired: 'der Server hatte sie nicht, als diese Anzeige wieder da war',
    bus: 'verloren zwischen den Servern',
    source: 'es wurde mehr auf einmal protokolliert, als weitergegeben werden konnte',
    restart: 'protokolliert, während der Server startete',
    page: 'diese Seite war zu langsam',
    unexplained: 'der Server hat keinen Grund genannt',
    silent: 'von ihrer Instanz ist nichts zu hören',
    unknown: 'wie viele, kann niemand wissen',
  };

  return {
    numbers: {
      count: num,
      byLevel: (counts) => byLevel(counts).join(', '),
    },

    levels: {
      trace: 'Trace', debug: 'Debug', info: 'Info', warn: 'Warn', error: 'Error', fatal: 'Fatal',
      custom: (level) => `Level ${level}`,
      none: 'Ohne Level',
    },

    viewer: {
      label: 'Systemprotokoll',
    },

    causes: causesInGerman(num),
    checks: checksInGerman,

    list: {
      label: 'Protokolleinträge',
      toLatest: 'Zu den neuesten Einträgen',
      time: 'Zeit', instance: 'Instanz', level: 'Level', message: 'Meldung', status: 'Status', duration: 'Dauer',
      noTime: 'keine gültige Zeit',
      noStatus: 'kein Status',
      chip: (count) => `${num(count)} neu`,
      chipErrors: errors,
      chipGone: (count) => `Nicht mehr im Speicher, weil neuere Platz brauchten: ${num(count)} davon`,
      noErrors: 'Keine Fehler werden angezeigt', onlyError: 'Das ist der einzige angezeigte Fehler',
      errorsFromOldest: 'Unten kein Fehler mehr; weiter ab dem ältesten', errorsFromNewest: 'Oben kein Fehler mehr; weiter ab dem neuesten',
      older: (count) => `Älter als der Puffer: seither ${entries(count)} entfernt`,
      hole: 'Hier dazwischen wurden Einträge entfernt',
      summary,
      cleared: (count) => `Geleert; ${entries(count)} hier entfernt, auf dem Server keiner`,
      levelFromHere: (level) => `Ab hier ${level}`,
      disconnected: (from, to) => `Nicht verbunden von ${from} bis ${to}; dieser Server kann nicht sagen, was fehlt`,
      gap: ({ cause, count, instance, from, to, levels }) => {
        const when = from === to ? `um ${to}` : `von ${from} bis ${to}`, of = instance === '' ? '' : ` von ${instance}`;
        if (cause === 'unknown' || cause === 'silent') return { strong: `Hier fehlen vielleicht Einträge${of}`, rest: `: ${causes[cause]}, ${when}` };
        const missing = cause !== 'unexplained' ? 'nicht angezeigt' : count === 1 ? 'fehlt' : 'fehlen';
        return { strong: `${entries(count)}${of} ${missing}`, rest: `: ${causes[cause]}, ${when} (${levels})` };
      },
    },

    instances: {
      others: (count) => `${num(count)} weitere`,
      listed: (names) => list(names),
      between: '; ',
      started: ({ count, names, at }) => {
        const when = at === '' ? 'neu gestartet' : `um ${at} gestartet`;
        return count === 1 ? `${names} ist ${when}` : `${num(count)} Instanzen sind ${when}: ${names}`;
      },
      stopped: ({ count, names, at }) => (count === 1 ? `${names} sendet seit ${at} nicht mehr` : `${num(count)} Instanzen senden seit ${at} nicht mehr: ${names}`),
      silent: ({ count, names, at }) => (count === 1
        ? { strong: `Seit ${at} nichts von ${names} gehört`, rest: ': die letzten Einträge fehlen vielleicht' }
        : { strong: `Seit ${at} nichts von ${num(count)} Instanzen gehört`, rest: `: ${names}; ihre letzten Einträge fehlen vielleicht` }),
      again: ({ count, names }) => (count === 1 ? `${names} sendet wieder` : `${num(count)} Instanzen senden wieder: ${names}`),
      twin: ({ count, names }) => (count === 1
        ? `Zwei Prozesse verwenden den Namen ${names}: zu unterscheiden sind sie nur mit eigenen Namen`
        : `Je zwei Prozesse verwenden die Namen ${names}: zu unterscheiden sind sie nur mit eigenen Namen`),
      othersAway: (at) => `Andere Instanzen sind seit ${at} nicht sichtbar`,
      othersBack: (at) => `Andere Instanzen sind seit ${at} wieder sichtbar; von solchen, die dazwischen begonnen und geendet haben, ist nichts bekannt`,
      stoppedAt: (at) => `beendet ${at}`,
      notHeardSince: (at) => `nichts gehört seit ${at}`,
      ended: (count) => plural(count, { one: '# sendet nicht', other: '# senden nicht' }),
    },

    detail: {
      label: 'Eintrag',
      nothing: 'Ein ausgewählter Eintrag ist hier ganz zu lesen.',
      close: 'Eintrag schließen',
      noTime: 'keine Zeit',
      wrongTime: 'keine gültige Zeit',
      date: (time, zone) => `${date(time, zone)},`,
      removed: (time) => `Um ${time} aus dem Speicher entfernt; bleibt hier, solange er geöffnet ist.`,
      views: 'Ansichten des Eintrags',
      tree: 'Baum', raw: 'Roh', request: 'Anfrage', error: 'Fehler',
      filterPaths: 'Nach Pfaden filtern',
      filterExample: 'Pfade filtern: req.method, res.statusCode',
      showFilter: 'Pfadfilter',
      clearFilter: 'Pfadfilter leeren',
      notHere: (paths) => `Nicht in diesem Eintrag: ${paths}.`,
      wrap: 'Lange Zeilen umbrechen',
      copyEntry: 'Eintrag als JSON kopieren',
      copyFiltered: 'Gefiltertes JSON kopieren',
      copyRequest: 'Anfrage als JSON kopieren',
      copyError: 'Fehler als JSON kopieren',
      copied: 'Kopiert',
      notCopied: 'Nicht kopiert',
      copiedSay: (hidden) => (hidden === 0 ? 'Kopiert.' : `Kopiert wie empfangen, mit ${num(hidden)} unsichtbaren Zeichen.`),
      notCopiedSay: 'Der Browser hat das Kopieren nicht erlaubt. Der Text lässt sich markieren und mit der Tastatur kopieren.',
      bare: 'Mehr kam mit diesem Eintrag nicht. Im Stil „pretty“ sendet ein Server nur Level, Zeit und Meldung; mit dieser Einstellung sendet er ganze Einträge:',
      bareSetting: 'WEBSOCKETS_LOGS_STYLE=raw',
      more: (next, left) => (next < left ? `${num(next)} weitere von ${num(left)} anzeigen` : `${num(left)} weitere anzeigen`),
      keysMore: (count) => `… ${num(count)} weitere`,
      items: (count) => plural(count, { one: '# Element', other: '# Elemente' }),
      allCharacters: (count) => `Alle ${num(count)} Zeichen anzeigen`,
      allLines: (count) => `Alle ${num(count)} Zeilen anzeigen`,
      less: 'Weniger anzeigen',
      restInRaw: 'Der Rest steht in der Ansicht „Roh“.',
      tooDeep: 'tiefer, als der Baum reicht; die Ansicht „Roh“ zeigt es',
      noStatus: 'kein Status',
      duration: (milliseconds) => `${num(milliseconds)} ms`,
      query: 'Query',
      noQuery: 'Keine Query.',
      requestHeaders: (count) => `${num(count)} Header der Anfrage`,
      responseHeaders: (count) => `${num(count)} Header der Antwort`,
      moreInTree: (count) => `${num(count)} weitere stehen in der Ansicht „Baum“.`,
      causedBy: 'Verursacht durch',
      oneOf: 'Einer seiner Fehler',
      noMessage: 'keine Meldung',
      anonymous: 'anonym',
      frames: (count, sources) => `${num(count)} Aufrufe in ${sources}`,
      errorCut: 'Das ist der Anfang. Der Rest steht in der Ansicht „Baum“.',
    },

    filters: {
      label: 'Filter',
      search: 'Meldungen durchsuchen',
      clearSearch: 'Suche leeren',
      levels: 'Level',
      notRequested: 'nicht angefordert',
      requestHint: (level) => `${level} ist vom Server nicht angefordert. Ein Klick fordert es ab jetzt an.`,
      notSent: 'nicht gesendet',
      bySource: 'von diesem Server',
      notSentReason: (level, floor) =>
        `Dieser Server sendet keine Einträge mit Level ${level.toLowerCase()}; das niedrigste Level, das er sendet, ist ${floor.toLowerCase()}. WEBSOCKETS_LOGS_LEVEL auf dem Server ändert das.`,
      off: 'aus',
      instances: 'Instanzen',
      allInstances: 'Alle Instanzen',
      someInstances: (shown, all) => `${num(shown)} von ${num(all)}`,
      noInstances: 'Noch keine Instanz hat einen Eintrag gesendet.',
      unnamed: 'ohne Namen',
      only: 'Nur',
      showInstances: 'Alle Instanzen anzeigen',
      hidden: (count) => `${num(count)} durch Filter verborgen`,
      untested: (count) => `${plural(count, { one: '# älterer wird', other: '# ältere werden' })} durchsucht`,
      show: 'Anzeigen',
    },

    toolbar: {
      label: 'Bedienung des Protokolls',
      live: 'Live', connecting: 'Verbindet', reconnecting: 'Verbindet neu', closed: 'Nicht verbunden', paused: 'Angehalten',
      silent: 'Server stumm',
      lastEntry: (count) => `letzter Eintrag vor ${seconds(count)}`,
      instances,
      ownInstance: 'nur diese Instanz',
      rate: (perSecond) => `${num(perSecond)}/s`,
      attempt: (attempt) => `${num(attempt)}. Versuch`,
      nextTry: (count) => `nächster Versuch in ${seconds(count)}`,
      noEndpoint: 'kein Endpunkt angegeben',
      stillReceiving: 'empfängt weiter',
      pause: 'Anhalten', resume: 'Fortsetzen', clear: 'Leeren', help: 'Tastenhilfe',
    },
    panel: {
      waiting: 'Warten auf den ersten Eintrag',
      connectedAt: (level) => `Verbunden mit Level ${level}. Einträge erscheinen hier, sobald sie geschrieben werden.`,
      ownSource: 'Einträge erscheinen hier, sobald sie geschrieben werden.',
      floor: (floor) => `Dieser Server sendet nichts unter ${floor}.`,
      checkThat: 'Nach einer Weile noch nichts? Zu prüfen ist, ob',
      waitingChecks: (level) => [`die Anwendung mit ${level} oder höher protokolliert`, 'ihr Logger an diesen Server schreibt', 'dort etwas geschieht, das protokolliert wird'],
      connecting: 'Verbindung wird aufgebaut',
      connectingTo: (host) => `Warten auf eine Antwort von ${host}.`,
      notConnected: 'Nicht verbunden',
      notAsked: 'Diese Seite hat das Protokoll noch nicht angefordert.',
      disconnected: 'Diese Seite hat die Verbindung geschlossen.',
      connect: 'Verbinden',
      whatToCheck: 'Was zu prüfen ist:',
      nextTry: (count, attempt) => `Nächster Versuch in ${seconds(count)}${attempt > 1 ? ` (${num(attempt)}. Versuch)` : ''}.`,
      tryingNow: 'Der Versuch läuft.',
      tryNow: 'Jetzt versuchen',
      copySetting: 'Einstellung kopieren', copied: 'Kopiert', notCopied: 'Der Browser hat das Kopieren nicht erlaubt',
      noMatch: 'Kein Eintrag passt',
      looking: 'Ältere Einträge werden durchsucht',
      lookingMore: 'Was passt, erscheint hier, sobald es gefunden ist.',
      allHidden: (count, filters) => `${count === 1 ? 'Der eine Eintrag ist' : `Alle ${entries(count)} sind`} durch Filter verborgen: ${filters}.`,
      byLevels: (levels) => `${list(levels)} ${levels.length === 1 ? 'ist' : 'sind'} verborgen`,
      byInstances: (count) => plural(count, { one: '# Instanz ist verborgen', other: '# Instanzen sind verborgen' }),
      bySearch: (search) => `gesucht wird „${search}“`,
      allOf: (filters) => list(filters),
      showLevels: 'Alle Level anzeigen', showInstances: 'Alle Instanzen anzeigen', clearSearch: 'Suche leeren',
      pausedEmpty: 'Angehalten vor dem ersten Eintrag',
      pausedNothing: 'Aus der Zeit vor der Pause ist nichts zu zeigen',
      pausedWaiting: (count) => `${plural(count, { one: '# Eintrag wartet', other: '# Einträge warten' })} darauf, dass es weitergeht.`,
      pausedAt: (time) => `Angehalten um ${time}.`,
      arrived: (count, errorCount) => `${count === 0 ? 'noch nichts Neues' : summary(count, errorCount)}.`,
      stillReceiving: (arrived, isCleared) => `Der Empfang läuft weiter${isCleared ? ', seit dem Leeren der Liste' : ''}: ${arrived}`,
      sincePause: (arrived, isCleared) => `${isCleared ? 'Seit dem Leeren der Liste' : 'Seither'}: ${arrived}`,
      continueHere: 'Von hier weiter',
      jumpToLatest: (count) => (count > 0 ? `Zum Neuesten (${num(count)})` : 'Zum Neuesten'),
      space: 'Leertaste',
    },
    status: {
      label: 'Zahlen',
      live: 'Live',
      received: (count) => `${num(count)} empfangen`,
      notDelivered: (count) => `${num(count)} nicht zugestellt`,
      removed: (count) => `${num(count)} ältere entfernt`,
      cleared: (count) => `${num(count)} beim Leeren entfernt`,
      unreadable: (count) => `${num(count)} unlesbar`,
      unreadableHint: 'Nachrichten des Servers, die diese Anzeige nicht als Einträge lesen konnte',
      unknowable: (times) => plural(times, { one: '# Lücke unbekannter Größe', other: '# Lücken unbekannter Größe' }),
      unknowableHint: 'Eine Instanz endete ohne ein Wort, oder es gab keine Verbindung zu einem Server, der seine Einträge zählt: niemand kann wissen, was fehlt. Die Zeilen sagen, wann.',
      uncounted: 'Verluste sind bei diesem Server nicht zählbar',
      uncountedHint: 'Dieser Server nummeriert seine Einträge nicht: was verloren geht, bevor es diese Seite erreicht, lässt sich nicht zählen.',
      shown: (shown, kept) => `${num(shown)} von ${num(kept)} angezeigt`,
      keys: 'Tasten',
      connected: 'Verbunden.',
    },
    split: {
      label: 'Größe von Liste und Eintrag',
    },
    help: {
      heading: 'Tasten',
      close: 'Schließen',
      groups: [
        { name: 'Bewegen', keys: [
          { keys: ['↑', '↓'], does: 'Voriger und nächster Eintrag' },
          { keys: ['Bild ↑', 'Bild ↓'], does: 'Eine Seite auf oder ab' },
          { keys: ['Pos1', 'Ende'], does: 'Erster und letzter Eintrag' },
          { keys: ['e', 'E'], does: 'Nächster und voriger Eintrag mit Error oder Fatal; beim Folgen der neueste' },
          { keys: ['f'], does: 'Den neuesten Einträgen folgen' },
        ] },
        { name: 'Lesen', keys: [
          { keys: ['Eingabe'], does: 'Eintrag öffnen' },
          { keys: ['Esc'], does: 'Eintrag schließen; in der Suche: leeren' },
          { keys: ['/'], does: 'Meldungen durchsuchen; Eingabe oder ↓ führt zu den Treffern' },
          { keys: ['Leertaste'], does: 'Anhalten; von hier weiter' },
          { keys: ['Strg+C', '⌘C'], does: 'Im Baum eines Eintrags: Wert kopieren' },
          { keys: ['?'], does: 'Diese Tasten' },
        ] },
      ],
    },
  };
};

registerLanguage('de', german);
