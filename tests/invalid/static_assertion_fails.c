_Static_assert(sizeof(int) == 3, "int is not three bytes"); //~ ERROR FH1213
