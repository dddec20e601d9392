#ifndef _FH_LOCALE_H
#define _FH_LOCALE_H

#include <bits/types.h>
#undef NULL
#define NULL ((void *)0)

struct lconv {
    char *decimal_point, *thousands_sep, *grouping, *int_curr_symbol, *currency_symbol;
    char *mon_decimal_point, *mon_thousands_sep, *mon_grouping, *positive_sign, *negative_sign;
    char int_frac_digits, frac_digits, p_cs_precedes, p_sep_by_space, n_cs_precedes;
    char n_sep_by_space, p_sign_posn, n_sign_posn, int_p_cs_precedes, int_p_sep_by_space;
    char int_n_cs_precedes, int_n_sep_by_space, int_p_sign_posn, int_n_sign_posn;
};
#define LC_CTYPE 0
#define LC_NUMERIC 1
#define LC_TIME 2
#define LC_COLLATE 3
#define LC_MONETARY 4
#define LC_MESSAGES 5
#define LC_ALL 6
#define LC_CTYPE_MASK 1
#define LC_NUMERIC_MASK 2
#define LC_ALL_MASK 8127
#define LC_GLOBAL_LOCALE ((locale_t)-1L)
extern char *setlocale(int __category, const char *__name);
extern struct lconv *localeconv(void);
extern locale_t newlocale(int __mask, const char *__name, locale_t __base);
extern locale_t uselocale(locale_t __locale);
extern locale_t duplocale(locale_t __locale);
extern void freelocale(locale_t __locale);

#endif
