enum { ONE };
enum { ONE }; //~ ERROR FH1202
