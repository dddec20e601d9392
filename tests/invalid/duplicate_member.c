struct s {
    int a;
    double a; //~ ERROR FH1202
};
