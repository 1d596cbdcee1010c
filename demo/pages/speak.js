// The few words of the demo's own pages in German and Arabic, by their English, which stands in the markup. The viewer brings its own words; here the page
// says in which language it is, and which way it runs, and the viewer follows.

const WORDS = {
  de: {
    'System logs · Shop admin': 'Systemprotokoll · Shop-Verwaltung', 'Log parts · Shop admin': 'Teile des Protokolls · Shop-Verwaltung', 'System logs': 'Systemprotokoll', 'Log parts': 'Teile des Protokolls', 'Shop admin': 'Shop-Verwaltung',
    'Pages': 'Seiten', 'Viewer': 'Anzeige', 'Parts': 'Teile', 'Display': 'Ansicht',
    'Theme': 'Farbschema', 'System': 'System', 'Light': 'Hell', 'Dark': 'Dunkel',
    'Look of the viewer': 'Aussehen der Anzeige', 'Its own look': 'Eigenes Aussehen', 'Plain': 'Schlicht', 'Studio': 'Studio', 'High contrast': 'Hoher Kontrast', 'Language of the page': 'Sprache der Seite',
    'Shop traffic': 'Verkehr im Shop', 'Method': 'Methode', 'Path and query of a request to the shop': 'Pfad und Query einer Anfrage an den Shop', 'Send': 'Senden', 'Requests': 'Anfragen',
    'Error with causes': 'Fehler mit Ursachen', 'Slow': 'Langsam', 'Every level': 'Jedes Level', 'Hostile text': 'Feindlicher Text', 'Burst of 2,000': 'Schub von 2.000', 'Customers': 'Kunden', 'Requests a second': 'Anfragen pro Sekunde',
    'The shop does not answer.': 'Der Shop antwortet nicht.', 'The admin page': 'Die Verwaltung', '{who} answered {status} in {ms} ms': '{who} hat in {ms} ms mit {status} geantwortet',
    'Not connected': 'Nicht verbunden', 'Connection: {state}': 'Verbindung: {state}', 'idle': 'keine', 'connecting': 'wird aufgebaut', 'live': 'live', 'reconnecting': 'wird erneut aufgebaut', 'closed': 'geschlossen',
  },
  ar: {
    'System logs · Shop admin': 'سجلات النظام · إدارة المتجر', 'Log parts · Shop admin': 'أجزاء السجل · إدارة المتجر', 'System logs': 'سجلات النظام', 'Log parts': 'أجزاء السجل', 'Shop admin': 'إدارة المتجر',
    'Pages': 'الصفحات', 'Viewer': 'العارض', 'Parts': 'الأجزاء', 'Display': 'العرض',
    'Theme': 'الألوان', 'System': 'النظام', 'Light': 'فاتح', 'Dark': 'داكن',
    'Look of the viewer': 'مظهر العارض', 'Its own look': 'مظهره الخاص', 'Plain': 'بسيط', 'Studio': 'استوديو', 'High contrast': 'تباين عالٍ', 'Language of the page': 'لغة الصفحة',
    'Shop traffic': 'حركة المتجر', 'Method': 'الطريقة', 'Path and query of a request to the shop': 'مسار طلب إلى المتجر واستعلامه', 'Send': 'إرسال', 'Requests': 'الطلبات',
    'Error with causes': 'خطأ مع أسبابه', 'Slow': 'بطيء', 'Every level': 'كل المستويات', 'Hostile text': 'نص عدائي', 'Burst of 2,000': 'دفعة من 2000', 'Customers': 'الزبائن', 'Requests a second': 'الطلبات في الثانية',
    'The shop does not answer.': 'المتجر لا يرد.', 'The admin page': 'صفحة الإدارة', '{who} answered {status} in {ms} ms': 'رد {who} بالحالة {status} خلال {ms} مللي ثانية',
    'Not connected': 'غير متصل', 'Connection: {state}': 'الاتصال: {state}', 'idle': 'لا شيء', 'connecting': 'جارٍ', 'live': 'مباشر', 'reconnecting': 'جارٍ من جديد', 'closed': 'مغلق',
  },
};

/** What the page says in English: its texts and labels, but those of the viewer and what is nobody's language. */
const said = [];
const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT, (node) => (
  node.parentElement?.closest('main, script, [translate=no]') || node.data.trim() === '' ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
while (texts.nextNode()) {
  const node = texts.currentNode, english = node.data.trim(), [before, after] = node.data.split(english);
  said.push({ english, write: (text) => (node.data = `${before}${text}${after}`) });
}
for (const element of document.querySelectorAll('[aria-label]')) said.push({ english: element.ariaLabel, write: (text) => (element.ariaLabel = text) });

let current = 'en';

/** Whatever is no language of the page is English. Links to the other page take the language along. @param {string} language */
export function speak(language) {
  const { documentElement: root } = document;
  current = Object.hasOwn(WORDS, language) ? language : 'en';
  root.lang = current;
  root.dir = current === 'ar' ? 'rtl' : 'ltr';
  for (const { english, write } of said) write(say(english));
  for (const link of document.querySelectorAll('nav a')) link.search = current === 'en' ? '' : `?lang=${current}`;
  if (current !== 'en') void import(`./languages/${current}.js`);
  return current;
}

/** @param {string} english with a `{name}` for each fact @param {Record<string, string | number>} facts */
export function say(english, facts = {}) {
  return (WORDS[current]?.[english] ?? english).replaceAll(/\{(\w+)\}/g, (_, name) => String(facts[name]));
}
