struct s {
    int a[]; //~ ERROR FH1211
    int b;
};
