int n;
enum e { ONE = n }; //~ ERROR FH1209
