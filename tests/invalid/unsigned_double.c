unsigned double d; //~ ERROR FH1211
