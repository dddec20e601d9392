struct s;
int f(struct s *x)
{
    return x->a; //~ ERROR FH1206
}
