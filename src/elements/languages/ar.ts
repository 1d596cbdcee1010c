// The words of the viewer in Arabic; a page imports this module, before or after the elements. Levels keep pino's names, as the rows, the settings
// and the logs have them. Whatever is written in other letters is isolated, so that it turns nothing around; no sentence begins with it.
import type { LossCause } from '../../core/gap.js';
import type { LocaleFormat, PluralForms } from '../../core/locale-format.js';
import type { Strings } from '../strings.js';
import { causesInArabic, checksInArabic } from './ar-causes.js';
import { isolated } from './isolated.js';
import { registerLanguage } from './registry.js';

export const arabic = ({ count: num, plural, list, levels: byLevel, date }: LocaleFormat): Strings => {
  /** All six: none is forgotten. */
  const six = (count: number, forms: Required<PluralForms>): string => plural(count, forms);
  const entries = (count: number): string => six(count, {
    zero: 'لا إدخالات', one: 'إدخال واحد', two: 'إدخالان', few: '# إدخالات', many: '# إدخالًا', other: '# إدخال',
  });
  const errors = (count: number): string => six(count, { zero: 'لا أخطاء', one: 'خطأ واحد', two: 'خطآن', few: '# أخطاء', many: '# خطأً', other: '# خطأ' });
  const instances = (count: number): string => six(count, {
    zero: 'لا مثيلات', one: 'مثيل واحد', two: 'مثيلان', few: '# مثيلات', many: '# مثيلًا', other: '# مثيل',
  });
  /** After a preposition. */
  const seconds = (count: number): string => six(count, {
    zero: '# ثانية', one: 'ثانية واحدة', two: 'ثانيتين', few: '# ثوانٍ', many: '# ثانية', other: '# ثانية',
  });
  const attemptOf = (attempt: number): string => `المحاولة رقم ${num(attempt)}`;
  const summary = (count: number, errorCount: number): string => six(count, {
    zero: 'لا إدخالات جديدة', one: 'إدخال جديد واحد', two: 'إدخالان جديدان', few: '# إدخالات جديدة', many: '# إدخالًا جديدًا', other: '# إدخال جديد',
  }) + (errorCount > 0 ? `، منها ${errors(errorCount)}` : '');
  const causes: Readonly<Record<LossCause, string>> = {
    slow: 'كان هذا العارض بطيئًا',
    expired: 'لم تكن لدى الخادم حين عاد هذا العارض',
    bus: 'فُقدت بين الخوادم',
    source: 'سُجّل دفعةً واحدة أكثر مما أمكن تمريره',
    restart: 'سُجّلت أثناء بدء تشغيل الخادم',
    page: 'كانت هذه الصفحة بطيئة',
    unexplained: 'لم يذكر الخادم السبب',
    silent: 'لا يصل شيء من مثيلها',
    unknown: 'لا يمكن لأحد أن يعرف عددها',
  };

  return {
    numbers: {
      count: num,
      byLevel: (counts) => byLevel(counts).map(isolated).join('، '),
    },

    levels: {
      trace: 'Trace', debug: 'Debug', info: 'Info', warn: 'Warn', error: 'Error', fatal: 'Fatal',
      custom: (level) => `المستوى ${level}`,
      none: 'بلا مستوى',
    },

    viewer: {
      label: 'سجلات النظام',
    },

    causes: causesInArabic(num),
    checks: checksInArabic,

    list: {
      label: 'إدخالات السجل',
      toLatest: 'الانتقال إلى أحدث الإدخالات',
      time: 'الوقت', instance: 'المثيل', level: 'المستوى', message: 'الرسالة', status: 'الحالة', duration: 'المدة',
      noTime: 'لا وقت صالح',
      noStatus: 'بلا حالة',
      chip: (count) => `الجديد: ${num(count)}`,
      chipErrors: errors,
      chipGone: (count) => `لم يعد في الذاكرة منها، إذ أفسح المكان لما بعده: ${num(count)}`,
      noErrors: 'لا أخطاء معروضة', onlyError: 'هذا هو الخطأ الوحيد المعروض',
      errorsFromOldest: 'لا خطأ آخر بالأسفل؛ تابعنا من الأقدم', errorsFromNewest: 'لا خطأ آخر بالأعلى؛ تابعنا من الأحدث',
      older: (count) => `أقدم من المخزن المؤقت: أُزيل منذ ذلك الحين ${entries(count)}`,
      hole: 'أُزيلت إدخالات بين هذه',
      summary,
      cleared: (count) => `أُفرغت القائمة؛ أُزيل هنا ${entries(count)}، ولم يُزل شيء من الخادم`,
      levelFromHere: (level) => `من هنا فصاعدًا ${isolated(level)}`,
      disconnected: (from, to) => `لا اتصال من ${from} إلى ${to}؛ لا يستطيع هذا الخادم أن يقول ما الذي فات`,
      gap: ({ cause, count, instance, from, to, levels }) => {
        const when = from === to ? `في ${to}` : `من ${from} إلى ${to}`, of = instance === '' ? '' : ` من ${instance}`;
        if (cause === 'unknown' || cause === 'silent') return { strong: `قد تنقص هنا إدخالات${of}`, rest: `: ${causes[cause]}، ${when}` };
        return { strong: `${cause === 'unexplained' ? 'ينقص' : 'لم يُعرض'} ${entries(count)}${of}`, rest: `: ${causes[cause]}، ${when} (${levels})` };
      },
    },

    instances: {
      others: (count) => six(count, { zero: 'لا غيرها', one: 'مثيل آخر', two: 'مثيلان آخران', few: '# مثيلات أخرى', many: '# مثيلًا آخر', other: '# مثيل آخر' }),
      listed: (names) => list(names),
      between: '؛ ',
      started: ({ count, names, at }) => {
        const when = at === '' ? ' من جديد' : ` في ${at}`;
        return count === 1 ? `بدأ تشغيل ${names}${when}` : `بدأ العمل${when} ${instances(count)}: ${names}`;
      },
      stopped: ({ count, names, at }) => (count === 1 ? `توقف ${names} عن الإرسال في ${at}` : `توقف عن الإرسال في ${at} ${instances(count)}: ${names}`),
      silent: ({ count, names, at }) => (count === 1
        ? { strong: `لم يصل شيء من ${names} منذ ${at}`, rest: ': قد تنقص إدخالاته الأخيرة' }
        : { strong: `لم يصل شيء منذ ${at} من عدة مثيلات (${num(count)})`, rest: `: ${names}؛ قد تنقص إدخالاتها الأخيرة` }),
      again: ({ count, names }) => (count === 1 ? `عاد ${names} إلى الإرسال` : `عاد إلى الإرسال ${instances(count)}: ${names}`),
      twin: ({ count, names }) => (count === 1
        ? `تستخدم عمليتان الاسم ${names}: لا يمكن التمييز بينهما إلا باسمين مختلفين`
        : `تستخدم عمليتان كلًّا من الأسماء ${names}: لا يمكن التمييز بينهما إلا باسمين مختلفين`),
      othersAway: (at) => `المثيلات الأخرى غير مرئية منذ ${at}`,
      othersBack: (at) => `المثيلات الأخرى مرئية من جديد منذ ${at}؛ ولا يُعرف شيء عن مثيلات بدأت وانتهت في الأثناء`,
      stoppedAt: (at) => `توقف في ${at}`,
      notHeardSince: (at) => `لا شيء منه منذ ${at}`,
      ended: (count) => `دون إرسال: ${num(count)}`,
    },

    detail: {
      label: 'الإدخال',
      nothing: 'عند تحديد إدخال يظهر هنا كاملًا.',
      close: 'إغلاق الإدخال',
      noTime: 'بلا وقت',
      wrongTime: 'لا وقت صالح',
      date: (time, zone) => `${date(time, zone)}،`,
      removed: (time) => `أُزيل من الذاكرة في ${time}؛ يبقى هنا ما دام مفتوحًا.`,
      views: 'طرق عرض الإدخال',
      tree: 'شجرة', raw: 'خام', request: 'طلب', error: 'خطأ',
      filterPaths: 'تصفية المسارات',
      filterExample: `تصفية المسارات: ${isolated('req.method, res.statusCode')}`,
      showFilter: 'تصفية بالمسار',
      clearFilter: 'مسح تصفية المسارات',
      notHere: (paths) => `ليس في هذا الإدخال: ${isolated(paths)}.`,
      wrap: 'التفاف الأسطر الطويلة',
      copyEntry: `نسخ الإدخال بصيغة ${isolated('JSON')}`,
      copyFiltered: `نسخ ${isolated('JSON')} بعد التصفية`,
      copyRequest: `نسخ الطلب بصيغة ${isolated('JSON')}`,
      copyError: `نسخ الخطأ بصيغة ${isolated('JSON')}`,
      copied: 'نُسخ',
      notCopied: 'لم يُنسخ',
      copiedSay: (hidden) => (hidden === 0 ? 'نُسخ.' : `نُسخ كما استُلم، وفيه ${six(hidden, {
        zero: '# حرف لا يُرى', one: 'حرف واحد لا يُرى', two: 'حرفان لا يُريان', few: '# أحرف لا تُرى', many: '# حرفًا لا يُرى', other: '# حرف لا يُرى',
      })}.`),
      notCopiedSay: 'لم يسمح المتصفح بالنسخ. يمكن تحديد النص ونسخه بلوحة المفاتيح.',
      bare: `لم يأتِ مع هذا الإدخال شيء آخر. الخادم الذي يسجّل بأسلوب «${isolated('pretty')}» لا يرسل إلا المستوى والوقت والرسالة؛ وبهذا الإعداد يرسل الإدخالات كاملة:`,
      bareSetting: 'WEBSOCKETS_LOGS_STYLE=raw',
      more: (next, left) => (next < left ? `عرض المزيد: ${num(next)} من ${num(left)}` : `عرض الباقي: ${num(left)}`),
      keysMore: (count) => `… والباقي: ${num(count)}`,
      items: (count) => six(count, { zero: 'لا عناصر', one: 'عنصر واحد', two: 'عنصران', few: '# عناصر', many: '# عنصرًا', other: '# عنصر' }),
      allCharacters: (count) => `عرض كل الأحرف (${num(count)})`,
      allLines: (count) => `عرض كل الأسطر (${num(count)})`,
      less: 'عرض أقل',
      restInRaw: 'البقية في عرض «خام».',
      tooDeep: 'أعمق مما تصل إليه الشجرة؛ وهو في عرض «خام»',
      noStatus: 'بلا حالة',
      duration: (milliseconds) => isolated(`${num(milliseconds)} ms`),
      query: 'الاستعلام',
      noQuery: 'لا استعلام.',
      requestHeaders: (count) => six(count, {
        zero: 'لا ترويسات للطلب', one: 'ترويسة واحدة للطلب', two: 'ترويستان للطلب', few: '# ترويسات للطلب', many: '# ترويسة للطلب', other: '# ترويسة للطلب',
      }),
      responseHeaders: (count) => six(count, {
        zero: 'لا ترويسات للرد', one: 'ترويسة واحدة للرد', two: 'ترويستان للرد', few: '# ترويسات للرد', many: '# ترويسة للرد', other: '# ترويسة للرد',
      }),
      moreInTree: (count) => `البقية في عرض «شجرة»: ${num(count)}.`,
      causedBy: 'سببه',
      oneOf: 'أحد أخطائه',
      noMessage: 'بلا رسالة',
      anonymous: 'بلا اسم',
      frames: (count, sources) => `${six(count, {
        zero: 'لا استدعاءات', one: 'استدعاء واحد', two: 'استدعاءان', few: '# استدعاءات', many: '# استدعاءً', other: '# استدعاء',
      })} في ${isolated(sources)}`,
      errorCut: 'هذه بدايته. البقية في عرض «شجرة».',
    },

    filters: {
      label: 'عوامل التصفية',
      search: 'البحث في الرسائل',
      clearSearch: 'مسح البحث',
      levels: 'المستويات',
      notRequested: 'غير مطلوب',
      requestHint: (level) => `المستوى ${isolated(level)} غير مطلوب من الخادم. بالضغط يُستلم من الآن فصاعدًا.`,
      notSent: 'لا يُرسل',
      bySource: 'من هذا الخادم',
      notSentReason: (level, floor) =>
        `لا يرسل هذا الخادم إدخالات بالمستوى ${isolated(level.toLowerCase())}: أدنى مستوى يرسله هو ${isolated(floor.toLowerCase())}. يغيّر ذلك الإعدادُ ${isolated('WEBSOCKETS_LOGS_LEVEL')} على الخادم.`,
      off: 'معطّل',
      instances: 'المثيلات',
      allInstances: 'كل المثيلات',
      someInstances: (shown, all) => `${num(shown)} من ${num(all)}`,
      noInstances: 'لم يرسل أي مثيل إدخالًا بعد.',
      unnamed: 'بلا اسم',
      only: 'هذا فقط',
      showInstances: 'عرض كل المثيلات',
      hidden: (count) => `تخفيه عوامل التصفية: ${num(count)}`,
      untested: (count) => `جارٍ البحث في الأقدم: ${num(count)}`,
      show: 'عرض',
    },

    toolbar: {
      label: 'عناصر التحكم بالسجل',
      live: 'مباشر', connecting: 'جارٍ الاتصال', reconnecting: 'جارٍ إعادة الاتصال', closed: 'غير متصل', paused: 'متوقف مؤقتًا',
      silent: 'الخادم صامت',
      lastEntry: (count) => `آخر إدخال قبل ${seconds(count)}`,
      instances,
      ownInstance: 'هذا المثيل فقط',
      rate: (perSecond) => `${num(perSecond)}/ث`,
      attempt: attemptOf,
      nextTry: (count) => `المحاولة التالية بعد ${seconds(count)}`,
      noEndpoint: 'لم تُحدد نقطة نهاية',
      stillReceiving: 'الاستلام مستمر',
      pause: 'إيقاف مؤقت', resume: 'استئناف', clear: 'إفراغ', help: 'مفاتيح الاختصار',
    },
    panel: {
      waiting: 'بانتظار أول إدخال',
      connectedAt: (level) => `تم الاتصال بالمستوى ${isolated(level)}. تظهر الإدخالات هنا فور كتابتها.`,
      ownSource: 'تظهر الإدخالات هنا فور كتابتها.',
      floor: (floor) => `لا يرسل هذا الخادم شيئًا دون ${isolated(floor)}.`,
      checkThat: 'لا شيء بعد مدة؟ يجدر التحقق من أن',
      waitingChecks: (level) => [`التطبيق يسجّل بالمستوى ${isolated(level)} أو أعلى`, 'مسجّله يكتب إلى هذا الخادم', 'شيئًا يُسجَّل يحدث هناك'],
      connecting: 'جارٍ الاتصال',
      connectingTo: (host) => `بانتظار رد من ${isolated(host)}.`,
      notConnected: 'غير متصل',
      notAsked: 'لم تطلب هذه الصفحة السجل بعد.',
      disconnected: 'أغلقت هذه الصفحة الاتصال.',
      connect: 'اتصال',
      whatToCheck: 'ما يجدر التحقق منه:',
      nextTry: (count, attempt) => `المحاولة التالية بعد ${seconds(count)}${attempt > 1 ? ` (${attemptOf(attempt)})` : ''}.`,
      tryingNow: 'المحاولة جارية الآن.',
      tryNow: 'المحاولة الآن',
      copySetting: 'نسخ الإعداد', copied: 'نُسخ', notCopied: 'لم يسمح المتصفح لهذه الصفحة بالنسخ',
      noMatch: 'لا إدخال يطابق',
      looking: 'جارٍ البحث في الإدخالات الأقدم',
      lookingMore: 'ما يطابق يظهر هنا فور العثور عليه.',
      allHidden: (count, filters) => `${count === 1 ? 'الإدخال الوحيد مخفي' : `جميع الإدخالات (${num(count)}) مخفية`} بسبب عوامل التصفية: ${filters}.`,
      byLevels: (levels) => `${levels.length === 1 ? 'المستوى المخفي' : 'المستويات المخفية'}: ${list(levels.map(isolated))}`,
      byInstances: (count) => six(count, {
        zero: 'لا مثيلات مخفية', one: 'مثيل واحد مخفي', two: 'مثيلان مخفيان', few: '# مثيلات مخفية', many: '# مثيلًا مخفيًا', other: '# مثيل مخفي',
      }),
      bySearch: (search) => `البحث عن «${isolated(search)}»`,
      allOf: (filters) => filters.join('؛ '),
      showLevels: 'عرض كل المستويات', showInstances: 'عرض كل المثيلات', clearSearch: 'مسح البحث',
      pausedEmpty: 'توقف مؤقت قبل أول إدخال',
      pausedNothing: 'لا شيء يُعرض مما قبل الإيقاف المؤقت',
      pausedWaiting: (count) => `بانتظار المتابعة: ${entries(count)}.`,
      pausedAt: (time) => `توقف مؤقت في ${time}.`,
      arrived: (count, errorCount) => `${count === 0 ? 'لا جديد بعد' : summary(count, errorCount)}.`,
      stillReceiving: (arrived, isCleared) => `الاستلام مستمر${isCleared ? '، منذ إفراغ القائمة' : ''}: ${arrived}`,
      sincePause: (arrived, isCleared) => `منذ ${isCleared ? 'إفراغ القائمة' : 'ذلك الحين'}: ${arrived}`,
      continueHere: 'المتابعة من هنا',
      jumpToLatest: (count) => (count > 0 ? `إلى الأحدث (${num(count)})` : 'إلى الأحدث'),
      space: 'المسافة',
    },
    status: {
      label: 'الأعداد',
      live: 'مباشر',
      received: (count) => `المستلَم: ${num(count)}`,
      notDelivered: (count) => `ما لم يصل: ${num(count)}`,
      removed: (count) => `الأقدم المُزال: ${num(count)}`,
      cleared: (count) => `المُفرَغ: ${num(count)}`,
      unreadable: (count) => `غير المقروء: ${num(count)}`,
      unreadableHint: 'رسائل من الخادم لم يستطع هذا العارض أن يقرأها إدخالات',
      unknowable: (times) => six(times, {
        zero: 'لا انقطاعات مجهولة العدد', one: 'انقطاع واحد مجهول العدد', two: 'انقطاعان مجهولا العدد', few: '# انقطاعات مجهولة العدد', many: '# انقطاعًا مجهول العدد', other: '# انقطاع مجهول العدد',
      }),
      unknowableHint: 'توقف مثيل دون كلمة، أو لم يكن هناك اتصال بخادم يرقّم إدخالاته: لا يمكن لأحد أن يعرف ما الناقص. والصفوف تذكر متى.',
      uncounted: 'لا يمكن عدّ الفاقد على هذا الخادم',
      uncountedHint: 'لا يرقّم هذا الخادم إدخالاته: ما يُفقد قبل وصوله إلى هذه الصفحة لا يمكن عدّه.',
      shown: (shown, kept) => `المعروض: ${num(shown)} من ${num(kept)}`,
      keys: 'المفاتيح',
      connected: 'تم الاتصال.',
    },
    split: {
      label: 'حجم القائمة والتفاصيل',
    },
    help: {
      heading: 'المفاتيح',
      close: 'إغلاق',
      groups: [
        { name: 'التنقل', keys: [
          { keys: ['↑', '↓'], does: 'الإدخال السابق والتالي' },
          { keys: ['PageUp', 'PageDown'], does: 'صفحة إلى أعلى أو إلى أسفل' },
          { keys: ['Home', 'End'], does: 'أول إدخال وآخر إدخال' },
          { keys: ['e', 'E'], does: `التالي والسابق من ${isolated('Error')} أو ${isolated('Fatal')}؛ وأثناء المتابعة: الأحدث` },
          { keys: ['f'], does: 'متابعة أحدث الإدخالات' },
        ] },
        { name: 'القراءة', keys: [
          { keys: ['Enter'], does: 'فتح الإدخال' },
          { keys: ['Escape'], does: 'إغلاق الإدخال؛ وفي البحث: مسحه' },
          { keys: ['/'], does: `البحث في الرسائل؛ ثم ${isolated('Enter')} أو ↓ للانتقال إلى النتائج` },
          { keys: ['المسافة'], does: 'إيقاف مؤقت؛ المتابعة من هنا' },
          { keys: ['Ctrl+C', '⌘C'], does: 'في شجرة الإدخال: نسخ القيمة' },
          { keys: ['?'], does: 'هذه المفاتيح' },
        ] },
      ],
    },
  };
};

registerLanguage('ar', arabic);
