// In which language the ready page speaks, and what it says itself in each. The viewer in it brings its own words, as a file of the package. It knows no
// request: what is asked for comes as text, and text that names none of the languages is as good as none.
import { LEVEL_NAMES } from '../core/levels.js';
import { refusals, type Refusal } from './upgrade-gate.js';

export type PageLanguage = 'en' | 'de' | 'ar';

/** Every language that the viewer's words are shipped in, besides English. */
export const OTHER_LANGUAGES = ['de', 'ar'] as const satisfies PageLanguage[];
const LANGUAGES: readonly string[] = ['en', ...OTHER_LANGUAGES];

/** What the page can say; a refusal that has no words here is said in English. */
export interface PageWords {
  readonly title: string;
  readonly token: string;
  readonly open: string;
  readonly orSignIn: string;
  readonly noScript: string;
  readonly sentences: ReadonlyMap<Refusal, string>;
}

export const nobody: Refusal = { ...refusals.unknown, message: 'Nobody is signed in here. The logs are for those whom the application knows.' };
export const wrongToken: Refusal = { ...refusals.unknown, message: 'This token is not valid.' };
export const tokenInAddress: Refusal = { status: 400, code: 'BAD_REQUEST', message: 'This page takes no token in its address, because browsers and logs keep addresses. Enter it here instead.' };
export const unchecked: Refusal = { status: 503, code: 'SIGN_IN_UNAVAILABLE', message: 'The sign-in could not be checked; try again in a moment.' };
const LEVELS = LEVEL_NAMES.join(', ');
export const wrongLevel: Refusal = { ...tokenInAddress, message: `level must be one of ${LEVELS}.` };
export const wrongTheme: Refusal = { ...tokenInAddress, message: 'theme must be light or dark; without it the page follows the system.' };

export const WORDS: Readonly<Record<PageLanguage, PageWords>> = {
  en: {
    title: 'Logs',
    token: 'Token',
    open: 'Open the logs',
    orSignIn: 'Or sign in to the application itself, and load this page again.',
    noScript: 'This page shows the logs by a script, and scripts are switched off.',
    sentences: new Map(),
  },
  de: {
    title: 'Protokoll',
    token: 'Token',
    open: 'Protokoll öffnen',
    orSignIn: 'Oder in der Anwendung selbst anmelden und diese Seite neu laden.',
    noScript: 'Diese Seite zeigt das Protokoll durch ein Skript, und Skripte sind ausgeschaltet.',
    sentences: new Map<Refusal, string>([
      [nobody, 'Hier ist niemand angemeldet. Das Protokoll ist für die, die die Anwendung kennt.'],
      [wrongToken, 'Dieses Token ist nicht gültig.'],
      [tokenInAddress, 'Diese Seite nimmt kein Token in ihrer Adresse, denn Browser und Protokolle bewahren Adressen auf. Hier lässt es sich eingeben.'],
      [unchecked, 'Die Anmeldung ließ sich nicht prüfen; in einem Augenblick noch einmal versuchen.'],
      [wrongLevel, `Für level gibt es nur ${LEVELS}.`],
      [wrongTheme, 'Für theme gibt es nur light und dark; ohne theme folgt die Seite dem System.'],
      [refusals.expired, 'Diese Anmeldung ist abgelaufen.'],
      [refusals.forbidden, 'Dieses Konto darf das Protokoll nicht lesen.'],
      [refusals.origin, 'Seiten dieses Ursprungs dürfen das Protokoll nicht lesen; der Server muss ihn namentlich zulassen.'],
      [refusals.disabled, 'Das Protokoll ist auf diesem Server abgeschaltet.'],
      [refusals.closing, 'Der Server wird gerade beendet.'],
      [refusals.busy, 'Es sind so viele Anzeigen verbunden, wie dieser Server zulässt.'],
    ]),
  },
  ar: {
    title: 'السجلات',
    token: 'الرمز المميز',
    open: 'فتح السجلات',
    orSignIn: 'أو يمكن تسجيل الدخول في التطبيق نفسه، ثم تحميل هذه الصفحة من جديد.',
    noScript: 'تعرض هذه الصفحة السجلات بواسطة برنامج نصي، والبرامج النصية معطّلة.',
    sentences: new Map<Refusal, string>([
      [nobody, 'لم يسجّل أحد الدخول هنا. السجلات لمن يعرفهم التطبيق.'],
      [wrongToken, 'هذا الرمز المميز غير صالح.'],
      [tokenInAddress, 'لا تقبل هذه الصفحة رمزًا مميزًا في عنوانها، لأن المتصفحات والسجلات تحتفظ بالعناوين. مكانه هنا.'],
      [unchecked, 'تعذر التحقق من تسجيل الدخول؛ يمكن إعادة المحاولة بعد لحظات.'],
      [wrongLevel, `يجب أن تكون قيمة level واحدة من: ${LEVELS}.`],
      [wrongTheme, 'يجب أن تكون قيمة theme إما light أو dark؛ ومن دونها تتبع الصفحة النظام.'],
      [refusals.expired, 'انتهت صلاحية تسجيل الدخول هذا.'],
      [refusals.forbidden, 'لا يُسمح لهذا الحساب بقراءة السجلات.'],
      [refusals.origin, 'لا يُسمح لصفحات هذا الأصل بقراءة السجلات؛ يجب أن يسمح به الخادم بالاسم.'],
      [refusals.disabled, 'السجلات معطّلة على هذا الخادم.'],
      [refusals.closing, 'الخادم في طور التوقف.'],
      [refusals.busy, 'عدد العارضات المتصلة هو أقصى ما يسمح به هذا الخادم.'],
    ]),
  },
};

/**
 * @param wanted what the address asks for, such as `de` or `de-AT`
 * @param accepted the header `Accept-Language`
 */
export function chooseLanguage(wanted: string | null, accepted: string | undefined): PageLanguage {
  return languageNamed(wanted ?? '') ?? byPreference(accepted ?? '').map(languageNamed).find((language) => language !== null) ?? 'en';
}

/** The language of a tag, whatever region or script follows; null for any other text. */
export function languageNamed(tag: string): PageLanguage | null {
  const [language = ''] = tag.trim().toLowerCase().split('-', 1);
  return LANGUAGES.includes(language) ? language as PageLanguage : null;
}

/** The tags of the header, the most wanted first; of equals the first. What it rules out is not among them. */
function byPreference(header: string): string[] {
  const ranges = header.split(',').map((range) => {
    const [tag = '', weight = ''] = range.split(';', 2), [, q = '1'] = /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(weight) ?? [];
    return { tag, weight: Number(q) };
  });
  return ranges.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight).map(({ tag }) => tag);
}
