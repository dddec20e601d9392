struct s {
    int f(void); //~ ERROR FH1211
};
