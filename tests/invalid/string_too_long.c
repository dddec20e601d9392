char s[3] = "four"; //~ ERROR FH1304
