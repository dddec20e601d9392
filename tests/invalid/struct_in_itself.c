struct s {
    int a;
    struct s again; //~ ERROR FH1206
};
