void g(void);
void f(int n)
{
    n = g(); //~ ERROR FH1203
}
