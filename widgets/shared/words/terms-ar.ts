import type { Terms } from './terms.ts';

export const ar: Terms = {
  CHAMPION: 'الأبطال',
  LOYAL: 'أوفياء',
  POTENTIAL_LOYALIST: 'أوفياء محتملون',
  NEW: 'جدد',
  PROMISING: 'واعدون',
  NEED_ATTENTION: 'بحاجة إلى اهتمام',
  ABOUT_TO_SLEEP: 'على وشك الخمول',
  AT_RISK: 'معرضون للخطر',
  CANT_LOSE: 'لا يمكن خسارتهم',
  HIBERNATING: 'خاملون',
  LOST: 'مفقودون',
  PROSPECT: 'محتملون',

  loading: 'جارٍ التحميل',
  retry: 'إعادة المحاولة',
  unconfigured: 'لم يُحدَّد خادم: أضف endpoint وtoken أو ضع العنصر داخل <clv-provider>.',
  unreachable: 'تعذّر الوصول إلى الخادم.',
  refused: 'لا يقبل الخادم هذا المفتاح.',
  failed: 'تعذّر على الخادم الإجابة.',
  noAnalysis: 'لا يوجد تحليل بعد',
  noAnalysisHint: 'استورد الطلبات ثم ابدأ تحليلًا لتظهر الأرقام هنا.',
  rough: (reason) => `أرقام تقريبية: ${reason}`,
  asOf: (date) => `حتى ${date}`,
  customers: (count) => `${count} عميل`,

  segments: 'الشرائح',
  allSegments: 'كل الشرائح',
  segmentCount: (count) => `${count} شرائح`,
  selected: (segments, customers, share) => `اختيرت ${segments}: ${customers}، ${share}`,
  clear: 'مسح',
};
