// revisions: width long_for_int double_for_int int_for_double int_for_string ints_for_string missing unknown star count scan_long scan_float scan_missing
// options[width]: -DWIDTH
// options[long_for_int]: -DLONG_FOR_INT
// options[double_for_int]: -DDOUBLE_FOR_INT
// options[int_for_double]: -DINT_FOR_DOUBLE
// options[int_for_string]: -DINT_FOR_STRING
// options[ints_for_string]: -DINTS_FOR_STRING
// options[missing]: -DMISSING
// options[unknown]: -DUNKNOWN
// options[star]: -DSTAR
// options[count]: -DCOUNT
// options[scan_long]: -DSCAN_LONG
// options[scan_float]: -DSCAN_FLOAT
// options[scan_missing]: -DSCAN_MISSING
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int main(void)
{
#if defined WIDTH
    printf("%d\n", 5L); //~[width] ERROR FH0603
#elif defined LONG_FOR_INT
    printf("%ld\n", 5); //~[long_for_int] ERROR FH0603
#elif defined DOUBLE_FOR_INT
    printf("%d\n", 2.5); //~[double_for_int] ERROR FH0603
#elif defined INT_FOR_DOUBLE
    printf("%f\n", 2); //~[int_for_double] ERROR FH0603
#elif defined INT_FOR_STRING
    printf("%s\n", 65); //~[int_for_string] ERROR FH0603
#elif defined INTS_FOR_STRING
    int a[] = {1, 0};
    printf("%s\n", (void *)a == NULL ? "" : "ok");
    printf("%s\n", a); //~[ints_for_string] ERROR FH0603
#elif defined MISSING
    printf("%d %d\n", 1); //~[missing] ERROR FH0603
#elif defined UNKNOWN
    printf("%y\n", 1); //~[unknown] ERROR FH0603
#elif defined STAR
    printf("%*d\n", 5L, 1); //~[star] ERROR FH0603
#elif defined COUNT
    long n;
    printf("a%n\n", &n); //~[count] ERROR FH0603
#elif defined SCAN_LONG
    long n = 0;
    sscanf("5", "%d", &n); //~[scan_long] ERROR FH0603
#elif defined SCAN_FLOAT
    double d = 0;
    sscanf("5", "%f", &d); //~[scan_float] ERROR FH0603
#elif defined SCAN_MISSING
    int a = 0;
    sscanf("5 6", "%d %d", &a); //~[scan_missing] ERROR FH0603
#endif
    return 0;
}
