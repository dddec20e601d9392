_Alignas(1) int n; //~ ERROR FH1211
