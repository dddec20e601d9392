struct s;
struct t {
    struct s inner; //~ ERROR FH1206
};
